using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;
using Constructs;

namespace Billing.Infrastructure.Parts;

/// <summary>A private, encrypted, versioned bucket that accepts no plain HTTP.</summary>
internal sealed class StoreBucket : Construct
{
    private readonly string _name;

    public StoreBucket(Construct scope, string id, string name, CloudSettings settings, params ILifecycleRule[] lifecycle)
        : base(scope, id)
    {
        _name = $"billing-{settings.Stage}-{name}-{Aws.ACCOUNT_ID}";
        Bucket = new Bucket(this, "Bucket", new BucketProps
        {
            BucketName = _name,
            Encryption = BucketEncryption.S3_MANAGED,
            EnforceSSL = true,
            MinimumTLSVersion = 1.2,
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
            Versioned = true,
            RemovalPolicy = Removal.Of(settings),
            AutoDeleteObjects = settings.RemoveData,
            LifecycleRules = [new LifecycleRule { Id = "unfinished-uploads", AbortIncompleteMultipartUploadAfter = Duration.Days(7) }, .. lifecycle],
        });
    }

    public Bucket Bucket { get; }

    /// <summary>Lets a function read objects, and tell a missing object from a forbidden one.</summary>
    public void AllowRead(Role role)
    {
        role.AddToPrincipalPolicy(new PolicyStatement(new PolicyStatementProps { Actions = ["s3:GetObject", "s3:GetObjectVersion"], Resources = [Bucket.ArnForObjects("*")] }));
        role.AddToPrincipalPolicy(new PolicyStatement(new PolicyStatementProps { Actions = ["s3:ListBucket"], Resources = [Bucket.BucketArn] }));
    }

    /// <summary>Lets a function put objects.</summary>
    public void AllowPut(Role role) =>
        role.AddToPrincipalPolicy(new PolicyStatement(new PolicyStatementProps { Actions = ["s3:PutObject"], Resources = [Bucket.ArnForObjects("*")] }));

    /// <summary>Sends an event to a queue for every new object.</summary>
    /// <remarks>On the bucket itself, because the CDK's own way adds a function that may change every bucket of the account.</remarks>
    public void NotifyOf(WorkQueue queue)
    {
        queue.Queue.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Sid = "EventsOfTheBucket",
            Principals = [new ServicePrincipal("s3.amazonaws.com")],
            Actions = ["sqs:SendMessage"],
            Resources = [queue.Queue.QueueArn],
            Conditions = new Dictionary<string, object>
            {
                // By name, because the bucket needs this policy before it can exist.
                ["ArnEquals"] = new Dictionary<string, object> { ["aws:SourceArn"] = $"arn:{Aws.PARTITION}:s3:::{_name}" },
                ["StringEquals"] = new Dictionary<string, object> { ["aws:SourceAccount"] = Aws.ACCOUNT_ID },
            },
        }));
        CfnBucket bucket = (CfnBucket)Bucket.Node.DefaultChild!;
        bucket.NotificationConfiguration = new CfnBucket.NotificationConfigurationProperty
        {
            QueueConfigurations = new[] { new CfnBucket.QueueConfigurationProperty { Event = "s3:ObjectCreated:*", Queue = queue.Queue.QueueArn } },
        };
        bucket.Node.AddDependency(queue.Queue.Node.FindChild("Policy"));
    }
}
