using System.Diagnostics;
using System.Globalization;

namespace Billing.Emulators;

/// <summary>fauxqs, an emulator of S3, SQS and SNS, on a loopback port. It keeps everything in memory.</summary>
public sealed class FauxqsServer : IDisposable
{
    private const string Setting = "BILLING_FAUXQS";
    private const string NodeRemedy = "Install Node.js 18.19 or later: apt-get install nodejs npm";

    // fauxqs listens on every address of the machine, but a server that accepts any password must be reachable from this machine only.
    private const string LoopbackOnly = """
        import net from "node:net";
        const listen = net.Server.prototype.listen;
        net.Server.prototype.listen = function (options, ...rest) {
          return listen.call(this, options && options.host === "0.0.0.0" ? { ...options, host: "127.0.0.1" } : options, ...rest);
        };
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("billing-fauxqs-").FullName;
    private readonly ChildProcess _process;

    /// <param name="init">What it creates at the start, in the format of its documentation; null for nothing.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <exception cref="EmulatorException">The server is missing, or does not start.</exception>
    public FauxqsServer(string? init = null, int port = 0)
    {
        Port = port == 0 ? LoopbackPort.Free() : port;
        try
        {
            _process = Start(init);
        }
        catch (EmulatorException)
        {
            Directory.Delete(_folder, recursive: true);
            throw;
        }
    }

    /// <summary>The version that is known to work.</summary>
    public static string Version => "1.9.2";

    /// <summary>The account of its queues and topics.</summary>
    public static string Account => "000000000000";

    /// <summary>The region of its queues and topics.</summary>
    public static string Region => "us-east-1";

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The address of all three services.</summary>
    public Uri Endpoint => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"));

    private static string Home => Programs.Installed(Setting, "fauxqs");

    private static string Script => Path.Combine(Home, "node_modules", "fauxqs", "dist", "server.js");

    /// <summary>What is missing to start the server, with what to do; null if nothing is missing.</summary>
    public static string? Missing() =>
        Programs.Find("node") is null ? $"Node.js was not found. {NodeRemedy}"
        : File.Exists(Script) ? null
        : $"fauxqs is not in {Home}. Install it: npm install --prefix \"$HOME/.cache/billing-tests/fauxqs\" fauxqs@{Version}; or run ./test.sh, which does that; or name its folder in {Setting}.";

    /// <summary>Stops the server; its content is lost.</summary>
    public void Dispose()
    {
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private ChildProcess Start(string? init)
    {
        if (Missing() is { } missing)
        {
            throw new EmulatorException(missing);
        }

        string preload = Path.Combine(_folder, "loopback.mjs");
        File.WriteAllText(preload, LoopbackOnly);
        ProcessStartInfo start = new(Programs.Need("node", NodeRemedy)) { WorkingDirectory = _folder };
        start.ArgumentList.Add("--import");
        start.ArgumentList.Add(new Uri(preload).AbsoluteUri);
        start.ArgumentList.Add(Script);
        start.Environment["FAUXQS_PORT"] = Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["FAUXQS_LOGGER"] = "false";
        if (init is not null)
        {
            string file = Path.Combine(_folder, "init.json");
            File.WriteAllText(file, init);
            start.Environment["FAUXQS_INIT"] = file;
        }

        ChildProcess process = ChildProcess.Start(start);
        try
        {
            LoopbackPort.WaitFor(process, Port, "fauxqs");
            return process;
        }
        catch (EmulatorException)
        {
            process.Dispose();
            throw;
        }
    }
}
