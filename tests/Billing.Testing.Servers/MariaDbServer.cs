using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Billing.Testing.Servers;

/// <summary>A server of its own: its own data, its own free port on the loopback address.</summary>
public sealed class MariaDbServer : IDisposable
{
    private static readonly string[] s_folders = ["/usr/sbin", "/usr/bin", "/usr/local/bin", "/usr/local/sbin"];

    private readonly string _folder = Some.Folder();
    private readonly string[] _options;
    private Process? _process;

    private MariaDbServer(string[] options) => _options = options;

    /// <summary>The port.</summary>
    public int Port { get; } = FreePort();

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Installs the data and starts.</summary>
    public static MariaDbServer Start(params string[] options)
    {
        MariaDbServer server = new(options);
        try
        {
            using Process install = server.StartProcess(new ProcessStartInfo(Find("mariadb-install-db"), ["--no-defaults", "--user=root", $"--datadir={server.Data}", "--auth-root-authentication-method=normal", "--skip-test-db"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            Task<string> errors = install.StandardError.ReadToEndAsync();
            string output = install.StandardOutput.ReadToEnd();
            install.WaitForExit();
            if (install.ExitCode != 0)
            {
                throw new InvalidOperationException($"mariadb-install-db failed: {output}{errors.GetAwaiter().GetResult()}");
            }

            server.Run();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    // A server that starts deletes the temporary tables that it finds in its folder for them: each has its own.
    private Process StartProcess(ProcessStartInfo start)
    {
        start.Environment["TMPDIR"] = Directory.CreateDirectory(Path.Combine(_folder, "tmp")).FullName;
        return Process.Start(start)!;
    }

    /// <summary>A connection string for a database.</summary>
    public string ConnectionString(string database, string options = "") =>
        string.Create(CultureInfo.InvariantCulture, $"Server=127.0.0.1;Port={Port};User ID=root;Database={database};SslMode=None;CharSet=utf8mb4;AllowLoadLocalInfile=true;{options}");

    /// <summary>Runs a statement that gives no rows.</summary>
    public void Execute(string sql, string database = "mysql")
    {
        using DbConnection connection = MySqlDriver.Open(ConnectionString(database)).OpenConnection();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row, as text.</summary>
    public string? Scalar(string sql, string database = "mysql")
    {
        using DbConnection connection = MySqlDriver.Open(ConnectionString(database)).OpenConnection();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>Kills the server with SIGKILL: what was not written is lost.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
    }

    /// <summary>Starts it, on the data that is there, and waits until it answers.</summary>
    public void Run()
    {
        _process = StartProcess(new ProcessStartInfo(
            Find("mariadbd"),
            [
                "--no-defaults", "--user=root", $"--datadir={Data}", $"--port={Port.ToString(CultureInfo.InvariantCulture)}", "--bind-address=127.0.0.1", "--skip-networking=0",
                $"--socket={Path.Combine(_folder, "s")}", $"--pid-file={Path.Combine(_folder, "pid")}", $"--log-error={Path.Combine(_folder, "log")}",
                "--local-infile=1", "--old-mode=NO_NULL_COLLATION_IDS,UTF8_IS_UTF8MB3", "--character-set-server=utf8mb4", "--max-connections=400",
                "--innodb-flush-log-at-trx-commit=2", "--innodb-buffer-pool-size=64M", "--innodb-log-file-size=64M", .. _options,
            ]));
        Stopwatch waited = Stopwatch.StartNew();
        while (true)
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"mariadbd ended: {Log()}");
            }

            try
            {
                _ = Scalar("SELECT 1");
                return;
            }
            catch (DbException e)
            {
                if (waited.Elapsed > TimeSpan.FromMinutes(2))
                {
                    throw new InvalidOperationException($"mariadbd does not answer ({e.Message}): {Log()}", e);
                }

                Thread.Sleep(50);
            }
        }
    }

    public void Dispose()
    {
        MySqlDriver.ClearPools();
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Find(string program) =>
        s_folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"{program} is not there. Install the server: apt-get install mariadb-server");

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string Log() => File.Exists(Path.Combine(_folder, "log")) ? File.ReadAllText(Path.Combine(_folder, "log")) : "(no log)";
}
