using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Billing.Testing.Servers;

/// <summary>An emulator of S3, SQS and SNS on a free port of this machine, in memory.</summary>
public sealed class FauxqsServer : IDisposable
{
    private const string Setting = "BILLING_FAUXQS";

    private readonly string _folder = Directory.CreateTempSubdirectory("billing-fauxqs-").FullName;
    private readonly Process _process;

    /// <param name="init">What it creates when it starts, as its documentation says; null for nothing.</param>
    public FauxqsServer(string? init = null)
    {
        Port = FreePort();
        _process = Start(init);
    }

    public int Port { get; }

    /// <summary>Where all three are called.</summary>
    public Uri Endpoint => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"));

    /// <summary>The account that its queues and topics are of.</summary>
    public static string Account => "000000000000";

    /// <summary>The region that its queues and topics are of.</summary>
    public static string Region => "us-east-1";

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Script()
    {
        string folder = Environment.GetEnvironmentVariable(Setting)
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "billing-tests", "fauxqs");
        string script = Path.Combine(folder, "node_modules", "fauxqs", "dist", "server.js");
        return File.Exists(script)
            ? script
            : throw new InvalidOperationException($"fauxqs is not in {folder}. Run ./test.sh, which installs it, or name its folder in {Setting}.");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Process Start(string? init)
    {
        ProcessStartInfo start = new("node") { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Script());
        start.Environment["FAUXQS_PORT"] = Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["FAUXQS_LOGGER"] = "false";
        if (init is not null)
        {
            string file = Path.Combine(_folder, "init.json");
            File.WriteAllText(file, init);
            start.Environment["FAUXQS_INIT"] = file;
        }

        Process process = Process.Start(start) ?? throw new InvalidOperationException("Node.js did not start. Install it; ./test.sh does.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End(process);
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

        End(process);
        throw new InvalidOperationException("fauxqs did not answer in 30 seconds.");
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended, or was disposed.
        }
    }
}
