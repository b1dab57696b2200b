using System.Net;
using Amazon.DynamoDBv2;
using Billing.Aws;
using Billing.Lambda.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MySqlConnector;

namespace Billing.Lambda;

/// <summary>The parts of the functions: settings, clients, clock, logs. Every client takes its region, credentials and endpoints from the environment.</summary>
internal sealed class FunctionServices : IDisposable
{
    private readonly ILoggerFactory _logs;
    private AmazonDynamoDBClient? _dynamo;
    private AwsConnection? _aws;
    private SecretsManager? _secrets;

    public FunctionServices(FunctionSettings settings, ILoggerFactory logs, TimeProvider time)
    {
        Settings = settings;
        _logs = logs;
        Time = time;
    }

    public FunctionSettings Settings { get; }

    public TimeProvider Time { get; }

    /// <summary>The client of DynamoDB. The sinks add retries of their own.</summary>
    public IAmazonDynamoDB Dynamo => _dynamo ??= new AmazonDynamoDBClient(new AmazonDynamoDBConfig { MaxErrorRetry = 2, Timeout = TimeSpan.FromSeconds(20) });

    /// <summary>The connection to the other services.</summary>
    public AwsConnection Aws => _aws ??= new AwsConnection(logger: Logger<AwsConnection>());

    /// <summary>Returns a logger.</summary>
    public ILogger<T> Logger<T>() => new Logger<T>(_logs);

    /// <summary>Returns a pipeline. It lives as long as the process, or holds nothing to dispose.</summary>
    /// <exception cref="BillingConfigurationException">The pipeline is configured wrongly.</exception>
    public BillingPipeline Pipeline(Action<BillingBuilder> configure) => new ServiceCollection()
        .AddSingleton(_logs)
        .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
        .AddSingleton(Time)
        .AddBilling(configure)
        .BuildServiceProvider()
        .GetRequiredService<BillingPipeline>();

    /// <summary>The reader of secrets.</summary>
    public SecretsManager Secrets => _secrets ??= new SecretsManager(Aws, logger: Logger<SecretsManager>());

    /// <summary>Returns the name or ARN of the database secret from a variable.</summary>
    /// <exception cref="BillingConfigurationException">The variable is not set.</exception>
    public string SecretName(string variable) => Settings.Required(variable, "the name or ARN of the secret with username, password, host, port and dbname");

    /// <summary>Opens the database of the secret that <c>DB_SECRET_NAME</c>, or another variable, names. Reads the secret again when the server denies access. The caller of the returned function disposes the data source.</summary>
    /// <exception cref="BillingConfigurationException">A setting is invalid.</exception>
    public Func<CancellationToken, ValueTask<MySqlDataSource>> Database(string variable = "DB_SECRET_NAME")
    {
        string secretId = SecretName(variable);
        MySqlSslMode? sslMode = Settings.Optional("DB_SSL_MODE") switch
        {
            null => null,
            { } mode when Enum.GetNames<MySqlSslMode>().Contains(mode) => Enum.Parse<MySqlSslMode>(mode),
            { } mode => throw new BillingConfigurationException($"The variable DB_SSL_MODE is '{mode}'. Use VerifyFull, VerifyCA, Required, Preferred or None."),
        };
        string? authority = Settings.Optional("DB_SSL_CA");
        if (authority is not null && !File.Exists(authority))
        {
            throw new BillingConfigurationException($"The variable DB_SSL_CA names {authority}, which does not exist. Name the PEM file of the authority that signs the database's certificate; for Aurora, Amazon's global-bundle.pem.");
        }

        if (sslMode != MySqlSslMode.None)
        {
            TrustedRoots.ReadAhead();
        }

        return Secrets.Rotating(secretId, secret => new MySqlDataSource(ConnectionString(secret, sslMode, authority)));
    }

    public void Dispose()
    {
        _secrets?.Dispose();
        _aws?.Dispose();
        _dynamo?.Dispose();
    }

    // A server on this machine needs no TLS. Any other server must use it, and have a certificate for its own name.
    private static string ConnectionString(DatabaseSecret secret, MySqlSslMode? sslMode, string? authority)
    {
        MySqlConnectionStringBuilder settings = new()
        {
            Server = secret.Host,
            Port = (uint)secret.Port,
            UserID = secret.Username,
            Password = secret.Password,
            Database = secret.Database,
            SslMode = sslMode ?? (secret.Host == "localhost" || (IPAddress.TryParse(secret.Host, out IPAddress? address) && IPAddress.IsLoopback(address)) ? MySqlSslMode.Preferred : MySqlSslMode.VerifyFull),

            // This is how the driver sends the rows of a batch; it sends no file that a server asks for.
            AllowLoadLocalInfile = true,
        };
        if (authority is not null)
        {
            settings.SslCa = authority;
        }

        return settings.ConnectionString;
    }
}
