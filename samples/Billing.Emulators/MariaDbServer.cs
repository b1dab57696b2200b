using System.Data.Common;
using System.Diagnostics;
using System.Globalization;

namespace Billing.Emulators;

/// <summary>MariaDB, a server of its own: its own data, its own port on the loopback address.</summary>
public sealed class MariaDbServer : IDisposable
{
    private const string Remedy = "Install the server: apt-get install mariadb-server";

    private readonly string _folder;
    private readonly ServerCertificate _certificate;
    private readonly bool _isTemporary;
    private readonly string[] _options;
    private ChildProcess? _process;

    private MariaDbServer(string? folder, int port, string[] options)
    {
        _isTemporary = folder is null;
        _folder = folder ?? Directory.CreateTempSubdirectory("billing-mariadb-").FullName;
        _certificate = ServerCertificate.In(Directory.CreateDirectory(_folder).FullName);
        _options = options;
        Port = port == 0 ? LoopbackPort.Free() : port;
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>What is missing to start it, with the remedy; null for nothing.</summary>
    public static string? Missing() =>
        ((string[])["mariadbd", "mariadb-install-db"]).FirstOrDefault(program => Programs.Find(program) is null) is { } program ? $"{program} is not there. {Remedy}" : null;

    /// <summary>Installs data in a temporary folder and starts.</summary>
    /// <exception cref="EmulatorException">It is missing, or does not start.</exception>
    public static MariaDbServer Start(params string[] options) => StartIn(null, 0, options);

    /// <summary>Starts on the data of a folder; installs it where there is none.</summary>
    /// <param name="folder">The folder, or null for a temporary one.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="options">Further options of the server.</param>
    /// <exception cref="EmulatorException">It is missing, or does not start.</exception>
    public static MariaDbServer StartIn(string? folder, int port, params string[] options)
    {
        MariaDbServer server = new(folder, port, options);
        try
        {
            if (!Directory.Exists(Path.Combine(server.Data, "mysql")))
            {
                server.Install();
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

    /// <summary>A connection string for a database; encrypted where the driver wants that for files.</summary>
    public string ConnectionString(string database, string options = "") => ConnectionString(database, options, MySqlDriver.Encryption(_certificate.Authority));

    /// <summary>A connection string for a database, without encryption.</summary>
    public string PlainConnectionString(string database, string options = "") => ConnectionString(database, options, "SslMode=None");

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

    /// <summary>Opens a connection to a database.</summary>
    public DbConnection Open(string database) => MySqlDriver.Open(ConnectionString(database)).OpenConnection();

    /// <summary>Kills the server with SIGKILL: what was not written is lost.</summary>
    public void Kill() => _process!.Kill();

    /// <summary>Starts it, on the data that is there, and waits until it answers.</summary>
    public void Run()
    {
        _process?.Dispose();
        _process = StartProcess(new ProcessStartInfo(
            Programs.Need("mariadbd", Remedy),
            [
                "--no-defaults", "--user=root", $"--datadir={Data}", $"--port={Port.ToString(CultureInfo.InvariantCulture)}", "--bind-address=127.0.0.1", "--skip-networking=0",
                $"--socket={Path.Combine(_folder, "s")}", $"--pid-file={Path.Combine(_folder, "pid")}", $"--log-error={Path.Combine(_folder, "log")}",
                $"--ssl-ca={_certificate.Authority}", $"--ssl-cert={_certificate.Certificate}", $"--ssl-key={_certificate.Key}",
                "--local-infile=1", "--old-mode=NO_NULL_COLLATION_IDS,UTF8_IS_UTF8MB3", "--character-set-server=utf8mb4", "--max-connections=400",
                "--innodb-flush-log-at-trx-commit=2", "--innodb-buffer-pool-size=64M", "--innodb-log-file-size=64M", .. _options,
            ]));
        Stopwatch waited = Stopwatch.StartNew();
        while (true)
        {
            if (_process.HasExited)
            {
                throw new EmulatorException($"mariadbd ended: {Log()}");
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
                    throw new EmulatorException($"mariadbd does not answer ({e.Message}): {Log()}", e);
                }

                Thread.Sleep(50);
            }
        }
    }

    public void Dispose()
    {
        MySqlDriver.ClearPools();
        _process?.Dispose();
        if (_isTemporary)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private string ConnectionString(string database, string options, string encryption) =>
        string.Create(CultureInfo.InvariantCulture, $"Server=127.0.0.1;Port={Port};User ID=root;Database={database};{encryption};CharSet=utf8mb4;AllowLoadLocalInfile=true;{options}");

    private void Install()
    {
        using ChildProcess install = StartProcess(new ProcessStartInfo(
            Programs.Need("mariadb-install-db", Remedy),
            ["--no-defaults", "--user=root", $"--datadir={Data}", "--auth-root-authentication-method=normal", "--skip-test-db"]));
        if (install.Exited.GetAwaiter().GetResult() != 0)
        {
            throw new EmulatorException($"mariadb-install-db failed: {install.LastOutput}");
        }
    }

    // A server that starts deletes the temporary tables that it finds in its folder for them: each has its own.
    private ChildProcess StartProcess(ProcessStartInfo start)
    {
        start.Environment["TMPDIR"] = Directory.CreateDirectory(Path.Combine(_folder, "tmp")).FullName;
        return ChildProcess.Start(start);
    }

    private string Log() => File.Exists(Path.Combine(_folder, "log")) ? File.ReadAllText(Path.Combine(_folder, "log")) : "(no log)";
}
