using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SNS.Subscriptions;
using Constructs;

namespace Billing.Infrastructure.Parts;

/// <summary>Encrypted topics that accept no plain HTTP.</summary>
internal static class Topics
{
    public static Topic Create(Construct scope, string id, string name, string displayName, IKey key, CloudSettings settings)
    {
        Topic topic = new(scope, id, new TopicProps { TopicName = name, DisplayName = displayName, MasterKey = key, EnforceSSL = true });

        // Also because the CDK forbids plain HTTP only if a topic has a policy.
        topic.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Sid = "PublishersOfThisAccount",
            Principals = [new AccountRootPrincipal()],
            Actions = ["sns:Publish"],
            Resources = [topic.TopicArn],
        }));
        if (settings.Email is { } email)
        {
            topic.AddSubscription(new EmailSubscription(email));
        }

        return topic;
    }

    /// <summary>Lets a service publish, which on an encrypted topic requires its key.</summary>
    public static void AllowPublish(Topic topic, IKey key, IGrantable publisher)
    {
        topic.GrantPublish(publisher);
        key.Grant(publisher, "kms:Decrypt", "kms:GenerateDataKey");
    }
}
