using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.RDS;
using Amazon.CDK.AWS.SecretsManager;
using Billing.Infrastructure.Parts;
using InstanceProps = Amazon.CDK.AWS.RDS.ServerlessV2ClusterInstanceProps;

namespace Billing.Infrastructure;

/// <summary>Aurora MySQL Serverless v2 in a network without a way out, its secret with rotation, and the endpoints that functions inside need.</summary>
public sealed class DatabaseStack : Stack
{
    internal const string DatabaseName = "billing";

    internal DatabaseStack(Constructs.Construct scope, CloudSettings settings, FoundationStack foundation)
        : base(scope, $"billing-{settings.Stage}-database")
    {
        Vpc = new Vpc(this, "Network", new VpcProps
        {
            MaxAzs = 2,
            NatGateways = 0,
            RestrictDefaultSecurityGroup = false,
            SubnetConfiguration = [new SubnetConfiguration { Name = "isolated", SubnetType = SubnetType.PRIVATE_ISOLATED, CidrMask = 24 }],
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
            Engine = DatabaseClusterEngine.AuroraMysql(new AuroraMysqlClusterEngineProps { Version = AuroraMysqlEngineVersion.VER_3_07_1 }),
            DefaultDatabaseName = DatabaseName,
            Credentials = Credentials.FromGeneratedSecret("billing", new CredentialsBaseOptions { SecretName = $"{name}/database" }),
            Writer = ClusterInstance.ServerlessV2("Writer", new InstanceProps { PubliclyAccessible = false }),
            ServerlessV2MinCapacity = 0.5,
            ServerlessV2MaxCapacity = 8,
            Vpc = Vpc,
            VpcSubnets = new SubnetSelection { SubnetType = SubnetType.PRIVATE_ISOLATED },
            StorageEncrypted = true,
            // The sink's bulk path needs LOAD DATA LOCAL; nothing talks to the server without TLS.
            Parameters = new Dictionary<string, string> { ["require_secure_transport"] = "ON", ["local_infile"] = "1" },
            Backup = new BackupProps { Retention = Duration.Days(14) },
            CloudwatchLogsExports = ["error", "slowquery"],
            DeletionProtection = !settings.RemoveData,
            RemovalPolicy = settings.RemoveData ? RemovalPolicy.DESTROY : RemovalPolicy.SNAPSHOT,
        });
        cluster.Connections.AllowDefaultPortFrom(Functions, "Functions");
        cluster.AddRotationSingleUser(new RotationSingleUserOptions { AutomaticallyAfter = Duration.Days(30) });
        Secret = cluster.Secret!;
        Alarms.Add(this, "Processor", $"{name}-database-cpu", "The database has been busy above 90 percent for five minutes.", cluster.MetricCPUUtilization(Alarms.Over("Average")), 90, foundation.Alarms);
    }

    internal Vpc Vpc { get; }

    internal SecurityGroup Functions { get; }

    internal ISecret Secret { get; }
}
