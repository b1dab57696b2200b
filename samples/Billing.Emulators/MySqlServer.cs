using System.Diagnostics;
using System.Globalization;
using MySqlConnector;

namespace Billing.Emulators;

/// <summary>
/// MariaDB, or the MySQL whose <c>mysqld</c> the variable <c>BILLING_MYSQLD</c> names: a separate server with its own data, on its own port of the loopback address.
/// </summary>
public sealed class MySqlServer : IDisposable
{
    private const string Remedy = "Install the server: apt-get install mariadb-server";
    private const string Administrator = "root";
    private const string Password = "its-own-database-only";

    // Its data is worth nothing to anybody.
    private const string Common = "CharSet=utf8mb4;AllowLoadLocalInfile=true;";

    private static readonly string? s_mysqld = Environment.GetEnvironmentVariable("BILLING_MYSQLD") is { Length: > 0 } path ? path : null;

    private readonly string _folder;
    private readonly ServerCertificate _certificate;
    private readonly bool _isTemporary;
    private readonly string[] _options;
    private ChildProcess? _process;

    private MySqlServer(string? folder, int port, string[] options)
    {
        _isTemporary = folder is null;
        _folder = folder ?? Directory.CreateTempSubdirectory("billing-mysql-").FullName;
        _certificate = ServerCertificate.In(Directory.CreateDirectory(_folder).FullName);
        _options = options;
        Port = port == 0 ? LoopbackPort.Free() : port;
    }

    /// <summary>Whether the server is MySQL, not MariaDB.</summary>
    public static bool IsMySql => s_mysqld is not null;

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The PEM file of the authority that signed the server's certificate.</summary>
    public string Authority => _certificate.Authority;

    private string Data => Path.Combine(_folder, "data");

    /// <summary>What is missing to start the server, with what to do; null if nothing is missing.</summary>
    public static string? Missing() =>
        s_mysqld is not null ? File.Exists(s_mysqld) ? null : $"BILLING_MYSQLD names {s_mysqld}, which does not exist. Install it, or unset BILLING_MYSQLD."
        : ((string[])["mariadbd", "mariadb-install-db"]).FirstOrDefault(program => Programs.Find(program) is null) is { } program ? $"{program} was not found. {Remedy}"
        : null;

    /// <summary>Installs the data in a temporary folder and starts the server.</summary>
    /// <exception cref="EmulatorException">The server is missing, or does not start.</exception>
    public static MySqlServer Start(params string[] options) => StartIn(null, 0, options);

    /// <summary>Starts the server on the data of a folder. Installs the data if there is none.</summary>
    /// <param name="folder">The folder, or null for a temporary one.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="options">Further options of the server.</param>
    /// <exception cref="EmulatorException">The server is missing, or does not start.</exception>
    public static MySqlServer StartIn(string? folder, int port, params string[] options)
    {
        MySqlServer server = new(folder, port, options);
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

    /// <summary>Creates a database, and a user with the same name who has all rights on it and none on anything else.</summary>
    /// <param name="name">The name of the database and of the user.</param>
    /// <param name="characterSet">The character set of tables that do not state one.</param>
    public void CreateDatabase(string name, string characterSet = "utf8mb4") =>
        Execute($"CREATE DATABASE {name} CHARACTER SET {characterSet}; CREATE USER '{name}'@'%' IDENTIFIED BY '{Password}'; GRANT ALL ON {name}.* TO '{name}'@'%'");

    /// <summary>Returns an encrypted connection string for the user of a database, with a check of the server's certificate.</summary>
    public string ConnectionString(string database, string options = "") => Of(database, Password, database, $"SslMode=VerifyCA;SslCa={Authority};{options}");

    /// <summary>Returns the same connection string without encryption.</summary>
    public string PlainConnectionString(string database, string options = "") => Of(database, Password, database, $"SslMode=None;AllowPublicKeyRetrieval=true;{options}");

    /// <summary>Returns a connection string for the administrator.</summary>
    public string AdministratorConnectionString(string database, string options = "") => Of(Administrator, "", database, $"SslMode=VerifyCA;SslCa={Authority};{options}");

    /// <summary>Runs a statement that returns no rows, as the administrator.</summary>
    public void Execute(string sql, string database = "mysql")
    {
        using MySqlConnection connection = Open(database);
        using MySqlCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Returns the first column of the first row, as text, as the administrator sees it.</summary>
    public string? Scalar(string sql, string database = "mysql")
    {
        using MySqlConnection connection = Open(database);
        using MySqlCommand command = new(sql, connection);
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>Returns how many transactions wait for the lock of another.</summary>
    public string? WaitingTransactions() =>
        Scalar(IsMySql ? "SELECT COUNT(*) FROM performance_schema.data_lock_waits" : "SELECT COUNT(*) FROM information_schema.innodb_lock_waits");

    /// <summary>Kills the server with SIGKILL: unwritten data is lost.</summary>
    public void Kill() => _process!.Kill();

    /// <summary>Starts the server on the existing data, and waits until it answers.</summary>
    public void Run()
    {
        _process?.Dispose();
        _process = StartProcess(
            s_mysqld ?? Programs.Need("mariadbd", Remedy),
            [
                "--no-defaults", "--user=root", $"--datadir={Data}", $"--port={Port.ToString(CultureInfo.InvariantCulture)}", "--bind-address=127.0.0.1", "--skip-networking=0",
                $"--socket={Path.Combine(_folder, "s")}", $"--pid-file={Path.Combine(_folder, "pid")}", $"--log-error={Path.Combine(_folder, "log")}",
                $"--ssl-ca={_certificate.Authority}", $"--ssl-cert={_certificate.Certificate}", $"--ssl-key={_certificate.Key}",
                "--local-infile=1", "--character-set-server=utf8mb4", "--max-connections=400", "--max-allowed-packet=16M", "--skip-log-bin", "--innodb-flush-log-at-trx-commit=2", "--innodb-buffer-pool-size=64M",
                .. (string[])(IsMySql ? ["--innodb-redo-log-capacity=64M"] : ["--old-mode=NO_NULL_COLLATION_IDS,UTF8_IS_UTF8MB3", "--innodb-log-file-size=64M"]),
                .. _options,
            ]);
        ServerStart.Wait(Program, _process, () => Scalar("SELECT 1"), Log);
    }

    public void Dispose()
    {
        _process?.Dispose();
        if (_isTemporary)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static string Program => s_mysqld ?? "mariadbd";

    /// <summary>Opens a connection to a database as the administrator.</summary>
    public MySqlConnection Open(string database)
    {
        MySqlConnection connection = new(AdministratorConnectionString(database, "Pooling=false"));
        try
        {
            connection.Open();
            using MySqlCommand command = new("SET SESSION group_concat_max_len = 1048576", connection);
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private string Of(string user, string password, string database, string options) =>
        string.Create(CultureInfo.InvariantCulture, $"Server=127.0.0.1;Port={Port};User ID={user};Password={password};Database={database};{Common}{options}");

    private void Install()
    {
        using ChildProcess install = IsMySql
            ? StartProcess(s_mysqld!, ["--no-defaults", "--initialize-insecure", "--user=root", $"--datadir={Data}", "--innodb-redo-log-capacity=64M"])
            : StartProcess(
                Programs.Need("mariadb-install-db", Remedy),
                ["--no-defaults", "--user=root", $"--datadir={Data}", "--auth-root-authentication-method=normal", "--skip-test-db"]);
        if (install.Exited.GetAwaiter().GetResult() != 0)
        {
            throw new EmulatorException($"The data of {Program} cannot be installed: {install.LastOutput}");
        }
    }

    // A server that starts deletes the temporary tables in its folder for them, so each server has its own folder.
    private ChildProcess StartProcess(string program, string[] options)
    {
        ProcessStartInfo start = new(program, options);
        start.Environment["TMPDIR"] = Directory.CreateDirectory(Path.Combine(_folder, "tmp")).FullName;
        return ChildProcess.Start(start);
    }

    private string Log() => File.Exists(Path.Combine(_folder, "log")) ? File.ReadAllText(Path.Combine(_folder, "log")) : "(no log)";
}
