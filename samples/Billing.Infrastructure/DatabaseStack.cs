using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.RDS;
using Amazon.CDK.AWS.SecretsManager;
using Amazon.CDK.Triggers;
using Billing.Infrastructure.Parts;
using DatabaseSecret = Amazon.CDK.AWS.RDS.DatabaseSecret;
using DatabaseSecretProps = Amazon.CDK.AWS.RDS.DatabaseSecretProps;
using InstanceProps = Amazon.CDK.AWS.RDS.ServerlessV2ClusterInstanceProps;

namespace Billing.Infrastructure;

/// <summary>
/// Aurora MySQL Serverless v2 in a network without a way out, the endpoints that its functions need, and two secrets with rotation: one for the administrator, which only
/// the function that creates the tables at deployment uses, and one for the user of all other functions.
/// </summary>
public sealed class DatabaseStack : Stack
{
    internal const string DatabaseName = "billing";

    // Characters that would need an escape in SQL, in addresses or in shells.
    private const string NotInPasswords = " %+~`#$&*()|[]{}:;<>?!'/@\"\\,^=";

    // 3.10 is the version with long-term support; this CDK has no constant for it.
    private static readonly AuroraMysqlEngineVersion s_engine = AuroraMysqlEngineVersion.Of("8.0.mysql_aurora.3.10.3", "8.0");

    internal DatabaseStack(Constructs.Construct scope, CloudSettings settings, FoundationStack foundation)
        : base(scope, $"billing-{settings.Stage}-database")
    {
        Vpc = new Vpc(this, "Network", new VpcProps
        {
            MaxAzs = 2,
            NatGateways = 0,
            RestrictDefaultSecurityGroup = false,
            SubnetConfiguration = [new SubnetConfiguration { Name = "isolated", SubnetType = SubnetType.PRIVATE_ISOLATED, CidrMask = 24 }],
            FlowLogs = new Dictionary<string, IFlowLogOptions> { ["Flows"] = new FlowLogOptions { Destination = RefusedConnections(settings), TrafficType = FlowLogTrafficType.REJECT } },
        });
        Vpc.AddGatewayEndpoint("S3", new GatewayVpcEndpointOptions { Service = GatewayVpcEndpointAwsService.S3 });
        Vpc.AddGatewayEndpoint("DynamoDb", new GatewayVpcEndpointOptions { Service = GatewayVpcEndpointAwsService.DYNAMODB });
        Vpc.AddInterfaceEndpoint("SecretsManager", new InterfaceVpcEndpointOptions { Service = InterfaceVpcEndpointAwsService.SECRETS_MANAGER });
        Vpc.AddInterfaceEndpoint("Topics", new InterfaceVpcEndpointOptions { Service = InterfaceVpcEndpointAwsService.SNS });
        Functions = new SecurityGroup(this, "Functions", new SecurityGroupProps { Vpc = Vpc, Description = "Functions that use the database", AllowAllOutbound = true });

        string name = $"billing-{settings.Stage}";
        DatabaseCluster cluster = new(this, "Cluster", new DatabaseClusterProps
        {
            ClusterIdentifier = name,
            Engine = DatabaseClusterEngine.AuroraMysql(new AuroraMysqlClusterEngineProps { Version = s_engine }),
            DefaultDatabaseName = DatabaseName,
            Credentials = Credentials.FromGeneratedSecret("billing", new CredentialsBaseOptions { SecretName = $"{name}/database" }),
            Writer = ClusterInstance.ServerlessV2("Writer", new InstanceProps { PubliclyAccessible = false }),
            // If data must not be lost, another zone takes over within a minute.
            Readers = settings.RemoveData ? null : [ClusterInstance.ServerlessV2("Reader", new InstanceProps { PubliclyAccessible = false, ScaleWithWriter = true })],
            ServerlessV2MinCapacity = 0.5,
            ServerlessV2MaxCapacity = 8,
            Vpc = Vpc,
            VpcSubnets = new SubnetSelection { SubnetType = SubnetType.PRIVATE_ISOLATED },
            StorageEncrypted = true,
            IamAuthentication = true,
            // The bulk path of the sink needs LOAD DATA LOCAL. The server accepts only TLS.
            Parameters = new Dictionary<string, string> { ["require_secure_transport"] = "ON", ["local_infile"] = "1" },
            Backup = new BackupProps { Retention = Duration.Days(14) },
            CloudwatchLogsExports = ["error", "slowquery"],
            DeletionProtection = !settings.RemoveData,
            RemovalPolicy = settings.RemoveData ? RemovalPolicy.DESTROY : RemovalPolicy.SNAPSHOT,
        });
        cluster.Connections.AllowDefaultPortFrom(Functions, "Functions");
        SecretRotation rotationOfAdministrator = cluster.AddRotationSingleUser(new RotationSingleUserOptions { AutomaticallyAfter = Duration.Days(30) });
        AddRotationAlarm(rotationOfAdministrator, $"{name}-administrator-rotation", foundation);
        ISecret user = new DatabaseSecret(this, "FunctionsSecret", new DatabaseSecretProps
        {
            Username = "billing_functions",
            SecretName = $"{name}/functions",
            Dbname = DatabaseName,
            ExcludeCharacters = NotInPasswords,
        }).Attach(cluster);
        Secret = user;
        Trigger tables = AddTables(settings, foundation, cluster, user);

        // The user exists once the tables do. Only then can a rotation change its password.
        SecretRotation rotation = new(this, "FunctionsRotation", new SecretRotationProps
        {
            Application = SecretRotationApplication.MYSQL_ROTATION_SINGLE_USER,
            Secret = user,
            Target = cluster,
            Vpc = Vpc,
            VpcSubnets = new SubnetSelection { SubnetType = SubnetType.PRIVATE_ISOLATED },
            AutomaticallyAfter = Duration.Days(30),
            ExcludeCharacters = NotInPasswords,
        });
        user.Node.FindChild("RotationSchedule").Node.AddDependency(tables);
        AddRotationAlarm(rotation, $"{name}-functions-rotation", foundation);
        Alarms.Add(this, "Processor", $"{name}-database-cpu", "The CPU of the database has been above 90 percent for five minutes.", cluster.MetricCPUUtilization(Alarms.Over("Average")), 90, foundation.Alarms);
    }

    internal Vpc Vpc { get; }

    internal SecurityGroup Functions { get; }

    /// <summary>The secret of the user of the functions, who has rights on the rows of their tables only.</summary>
    internal ISecret Secret { get; }

    // Every deployment creates or upgrades the tables and the user, before anything uses them. Nothing else may change a table.
    private Trigger AddTables(CloudSettings settings, FoundationStack foundation, DatabaseCluster cluster, ISecret user)
    {
        BillingFunction function = new(
            this,
            "database",
            settings,
            foundation,
            Duration.Minutes(10),
            new Dictionary<string, string> { ["DB_ADMIN_SECRET_NAME"] = cluster.Secret!.SecretArn, ["DB_SECRET_NAME"] = user.SecretArn },
            this);
        cluster.Secret.GrantRead(function.Role);
        user.GrantRead(function.Role);
        Trigger trigger = new(this, "Tables", new TriggerProps { Handler = function.Function, Timeout = Duration.Minutes(10), ExecuteAfter = [cluster] });
        return trigger;
    }

    // Secrets Manager does not count failed rotations, but the rotating function does. The CDK names that function by the end of its path.
    private static void AddRotationAlarm(SecretRotation rotation, string name, FoundationStack foundation)
    {
        const int Longest = 64;
        string path = Names.UniqueId(rotation);
        Metric errors = new(new MetricProps
        {
            Namespace = "AWS/Lambda",
            MetricName = "Errors",
            DimensionsMap = new Dictionary<string, string> { ["FunctionName"] = path[Math.Max(path.Length - Longest, 0)..] },
            Period = Duration.Minutes(5),
            Statistic = "Sum",
        });
        Alarms.Add(rotation, "Failed", name, "A database password could not be changed, and the old one stays valid. The log of the rotating function says why.", errors, 1, foundation.Alarms);
    }

    private FlowLogDestination RefusedConnections(CloudSettings settings)
    {
        LogGroup log = new(this, "FlowLog", new LogGroupProps { LogGroupName = $"/billing/{settings.Stage}/network", Retention = RetentionDays.THREE_MONTHS, RemovalPolicy = Removal.Of(settings) });
        return FlowLogDestination.ToCloudWatchLogs(log, new Role(this, "FlowLogRole", new RoleProps { AssumedBy = Trust.Of("vpc-flow-logs.amazonaws.com") }));
    }
}
