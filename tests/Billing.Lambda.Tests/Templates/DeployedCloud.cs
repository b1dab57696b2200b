using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Billing.Infrastructure.Tests;

namespace Billing.Lambda.Tests.Templates;

/// <summary>The templates as they would be deployed, on emulators: tables, buckets and secrets by their definitions, and each function's variables with what their references mean.</summary>
internal sealed class DeployedCloud(SynthesisedCloud cloud, Emulators emulators)
{
    private const string Account = "000000000000";

    /// <summary>The functions: handler and variables.</summary>
    public IReadOnlyList<(string Handler, Dictionary<string, string?> Variables)> Functions =>
    [
        .. from function in cloud.Of("AWS::Lambda::Function")
           let properties = function.Resource["Properties"]!
           where properties["FunctionName"] is not null
           select ((string)properties["Handler"]!, VariablesOf(function.Stack, properties["Environment"]!["Variables"]!.AsObject())),
    ];

    /// <summary>The event of the schedules, as they send it.</summary>
    public string ScheduledEvent =>
        ((string)cloud.Of("AWS::Scheduler::Schedule")[0].Resource["Properties"]!["Target"]!["Input"]!).Replace("<aws.scheduler.scheduled-time>", "2025-07-01T00:00:00Z", StringComparison.Ordinal);

    /// <summary>The bucket of a stack that tells a queue of its objects.</summary>
    public string BucketOf(string stack) => BucketName(cloud.Of("AWS::S3::Bucket").Single(bucket => bucket.Stack == stack && bucket.Resource["Properties"]!["NotificationConfiguration"] is not null));

    /// <summary>The routes of a function.</summary>
    public IEnumerable<string> RoutesOf(string function) => cloud.Routes.Where(route => route.Function == function).Select(route => route.Route);

    /// <summary>Makes what the templates define. The secrets are those of a database in which nothing is yet.</summary>
    /// <returns>The database, and the user whom the functions are.</returns>
    public async Task<(string Database, string User)> CreateAsync(CancellationToken cancellationToken)
    {
        using AmazonDynamoDBClient tables = DynamoDbServer.Shared.NewClient();
        foreach ((_, _, JsonObject table) in cloud.Of("AWS::DynamoDB::Table"))
        {
            await tables.CreateTableAsync(TableOf(table["Properties"]!), cancellationToken);
        }

        foreach ((string, string, JsonObject) bucket in cloud.Of("AWS::S3::Bucket"))
        {
            await emulators.S3.PutBucketAsync(BucketName(bucket), cancellationToken);
        }

        string database = SharedMySql.NewDatabase();
        SharedMySql.Instance.Execute("CREATE USER 'administrator'@'%' IDENTIFIED BY 'first'; GRANT ALL ON *.* TO 'administrator'@'%' WITH GRANT OPTION");
        string user = "";
        foreach ((_, _, JsonObject secret) in cloud.Of("AWS::SecretsManager::Secret"))
        {
            string name = (string)secret["Properties"]!["Name"]!;
            bool isAdministrator = name.EndsWith("/database", StringComparison.Ordinal);
            string username = isAdministrator ? "administrator"
                : user = (string)JsonNode.Parse((string)secret["Properties"]!["GenerateSecretString"]!["SecretStringTemplate"]!)!["username"]!;
            emulators.Secrets.Secrets[name] = new JsonObject
            {
                ["username"] = username,
                ["password"] = isAdministrator ? "first" : "of-the-functions",
                ["host"] = "127.0.0.1",
                ["port"] = SharedMySql.Instance.Port,
                ["dbname"] = database,
            }.ToJsonString();
        }

        return (database, user);
    }

    private static CreateTableRequest TableOf(JsonNode properties) => new()
    {
        TableName = (string)properties["TableName"]!,
        BillingMode = BillingMode.PAY_PER_REQUEST,
        KeySchema = Keys(properties),
        AttributeDefinitions = [.. properties["AttributeDefinitions"]!.AsArray().Select(one => new AttributeDefinition((string)one!["AttributeName"]!, ScalarAttributeType.FindValue((string)one["AttributeType"]!)))],
        GlobalSecondaryIndexes = properties["GlobalSecondaryIndexes"] is not JsonArray indexes ? null :
        [
            .. indexes.Select(index => new GlobalSecondaryIndex
            {
                IndexName = (string)index!["IndexName"]!,
                KeySchema = Keys(index),
                Projection = new Projection { ProjectionType = ProjectionType.FindValue((string)index["Projection"]!["ProjectionType"]!) },
            }),
        ],
    };

    private static List<KeySchemaElement> Keys(JsonNode node) => [.. node["KeySchema"]!.AsArray().Select(key => new KeySchemaElement((string)key!["AttributeName"]!, KeyType.FindValue((string)key["KeyType"]!)))];

    private string BucketName((string Stack, string Id, JsonObject Resource) bucket) => Resolve(bucket.Stack, bucket.Resource["Properties"]!["BucketName"]!);

    private Dictionary<string, string?> VariablesOf(string stack, JsonObject variables)
    {
        Dictionary<string, string?> all = emulators.Surroundings();
        foreach ((string name, JsonNode? value) in variables)
        {
            // The folder into which Lambda puts the content of layers.
            all[name] = Resolve(stack, value!).Replace("/opt/", SynthesisedCloud.CertificatesPath + "/", StringComparison.Ordinal);
        }

        return all;
    }

    private string Resolve(string stack, JsonNode value)
    {
        if (value is JsonValue text)
        {
            return text.ToString();
        }

        (string function, JsonNode? argument) = value.AsObject().Single();
        switch (function)
        {
            case "Ref":
                return argument!.ToString() switch
                {
                    "AWS::AccountId" => Account,
                    "AWS::Region" => FauxqsServer.Region,
                    "AWS::Partition" => "aws",
                    string id => Resource(stack, id),
                };
            case "Fn::Join":
                return string.Join((string)argument![0]!, argument[1]!.AsArray().Select(part => Resolve(stack, part!)));
            case "Fn::ImportValue":
                (string owner, JsonNode output) = cloud.Templates
                    .SelectMany(template => (template.Value["Outputs"]?.AsObject() ?? []).Select(output => (template.Key, Value: output.Value!)))
                    .Single(output => (string?)output.Value["Export"]?["Name"] == argument!.ToString());
                return Resolve(owner, output["Value"]!);
            default:
                throw new NotSupportedException($"{stack}: {value.ToJsonString()}");
        }
    }

    private string Resource(string stack, string id)
    {
        JsonObject resource = cloud.Templates[stack]["Resources"]![id]!.AsObject();
        JsonNode properties = resource["Properties"]!;
        return (string)resource["Type"]! switch
        {
            "AWS::DynamoDB::Table" => (string)properties["TableName"]!,
            "AWS::S3::Bucket" => Resolve(stack, properties["BucketName"]!),
            "AWS::SNS::Topic" => Emulators.Topic,
            "AWS::SecretsManager::Secret" => (string)properties["Name"]!,
            "AWS::SecretsManager::SecretTargetAttachment" => Resolve(stack, properties["SecretId"]!),
            string type => throw new NotSupportedException($"{stack}: {id} is a {type}."),
        };
    }
}
