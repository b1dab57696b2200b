using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.S3;
using Billing.Aws;
using Billing.Lambda.Tests;

[assembly: AssemblyFixture(typeof(Emulators))]

namespace Billing.Lambda.Tests;

/// <summary>What the functions of these tests call: S3, SQS and SNS, DynamoDB, MariaDB, Secrets Manager. Each test uses buckets' keys, tables and databases of its own.</summary>
public sealed class Emulators : IDisposable
{
    public const string Bucket = "inbox";
    public const string Topic = "arn:aws:sns:us-east-1:000000000000:alerts";

    private static int s_names;

    private readonly Lazy<FauxqsServer> _fauxqs = new(() => new FauxqsServer("""
        {
          "queues": [{ "name": "alerts" }], "topics": [{ "name": "alerts" }], "subscriptions": [{ "topic": "alerts", "queue": "alerts" }],
          "buckets": ["inbox", "reports", "archive"]
        }
        """));

    private readonly Lazy<SecretsEndpoint> _secrets = new(() => new SecretsEndpoint());
    private readonly SharedMySql _database = new();
    private AwsConnection? _aws;

    public SecretsEndpoint Secrets => _secrets.Value;

    public AwsConnection Aws => _aws ??= new AwsConnection(new AwsOptions { Endpoint = _fauxqs.Value.Endpoint, Region = FauxqsServer.Region, Credentials = new BasicAWSCredentials("local", "local") });

    public IAmazonS3 S3 => Aws.S3;

    /// <summary>A name that no other test has.</summary>
    public static string NewName(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{Environment.ProcessId}-{Interlocked.Increment(ref s_names)}");

    /// <summary>Where the services are, as Lambda and the emulators tell every function.</summary>
    public Dictionary<string, string?> Surroundings() => new()
    {
        ["AWS_REGION"] = FauxqsServer.Region,
        ["AWS_ACCESS_KEY_ID"] = "local",
        ["AWS_SECRET_ACCESS_KEY"] = "local",
        ["AWS_ENDPOINT_URL"] = _fauxqs.Value.Endpoint.ToString(),
        ["AWS_ENDPOINT_URL_DYNAMODB"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{DynamoDbServer.Shared.Port}"),
        ["AWS_ENDPOINT_URL_SECRETS_MANAGER"] = Secrets.Endpoint.ToString(),
    };

    /// <summary>The variables that every function of these tests has.</summary>
    public Dictionary<string, string?> Environments(params (string Name, string? Value)[] settings)
    {
        Dictionary<string, string?> variables = new(Surroundings())
        {
            ["BILLING_CREATE_SCHEMA"] = "true",
            ["BILLING_RATES"] = "EUR=1.10,GBP=1.30,CAD=0.75,MXN=0.059",
        };
        foreach ((string name, string? value) in settings)
        {
            variables[name] = value;
        }

        return variables;
    }

    /// <summary>Makes a database and the secret of that name that opens it.</summary>
    public string NewDatabase(string secret)
    {
        string database = SharedMySql.NewDatabase();
        SharedMySql.Instance.Execute($"ALTER USER '{database}'@'%' IDENTIFIED BY 'first'");
        SetPassword(secret, database, "first");
        return database;
    }

    /// <summary>Puts a password into a secret.</summary>
    public void SetPassword(string secret, string database, string password) => Secrets.Secrets[secret] = JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["username"] = database,
        ["password"] = password,
        ["host"] = "127.0.0.1",
        ["port"] = SharedMySql.Instance.Port,
        ["dbname"] = database,
    });

    /// <summary>Puts an object into the bucket.</summary>
    public Task PutAsync(string key, byte[] content) => new S3Bucket(S3, Bucket).PutAsync(key, content, null, TestContext.Current.CancellationToken);

    /// <summary>Puts an object into the bucket.</summary>
    public Task PutAsync(string key, string content) => PutAsync(key, Encoding.UTF8.GetBytes(content));

    /// <summary>The alerts that have arrived since the last call, by their ids.</summary>
    public async Task<List<string>> ReceiveAlertsAsync(Func<JsonElement, bool> isMine, int expected)
    {
        List<string> found = [];
        SqsQueue queue = new(Aws, "alerts");
        int looks = 0;

        // Another test may be looking at these messages at the same time. When all are there, two more looks find what is too much.
        for (int more = 2; more > 0 && looks < 120; looks++)
        {
            more -= found.Count >= expected ? 1 : 0;
            foreach (SqsMessage message in await queue.ReceiveAsync(new SqsReceiveOptions { MaxMessages = 10, Wait = TimeSpan.FromSeconds(1), VisibilityTimeout = TimeSpan.FromSeconds(1) }, TestContext.Current.CancellationToken))
            {
                using JsonDocument envelope = JsonDocument.Parse(message.Body);
                if (isMine(envelope.RootElement))
                {
                    found.Add(envelope.RootElement.GetProperty("Subject").GetString()!);
                    await queue.DeleteAsync([message.ReceiptHandle], TestContext.Current.CancellationToken);
                }
            }
        }

        return found;
    }

    public void Dispose()
    {
        _aws?.Dispose();
        if (_fauxqs.IsValueCreated)
        {
            _fauxqs.Value.Dispose();
        }

        if (_secrets.IsValueCreated)
        {
            _secrets.Value.Dispose();
        }

        _database.Dispose();
    }
}
