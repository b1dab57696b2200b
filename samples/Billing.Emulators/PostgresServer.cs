using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Billing.Emulators;

/// <summary>PostgreSQL: a separate server with its own data, on its own port of the loopback address. It asks for no password, because its data is worth nothing to anybody.</summary>
public sealed class PostgresServer : IDisposable
{
    private const string Remedy = "Install the server: apt-get install postgresql";
    private const string Debian = "/usr/lib/postgresql";

    // PostgreSQL does not run as root.
    private const string Account = "postgres";

    private readonly string _folder = Directory.CreateTempSubdirectory("billing-postgres-").FullName;
    private readonly ServerCertificate _certificate;
    private ChildProcess? _process;

    private PostgresServer() => _certificate = ServerCertificate.In(_folder);

    /// <summary>The port.</summary>
    public int Port { get; } = LoopbackPort.Free();

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Installs the data in a temporary folder and starts the server.</summary>
    /// <exception cref="EmulatorException">The server is missing, or does not start.</exception>
    public static PostgresServer Start()
    {
        PostgresServer server = new();
        try
        {
            server.Install();
            server.Run();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Creates a database, and a user with the same name who owns it and has no rights on anything else.</summary>
    public void CreateDatabase(string name)
    {
        Execute($"CREATE ROLE {name} LOGIN");
        Execute($"CREATE DATABASE {name} OWNER {name}");
    }

    /// <summary>Returns an encrypted connection string for the user of a database, with a check of the server's certificate.</summary>
    public string ConnectionString(string database) => Of(database, database, $"SSL Mode=VerifyCA;Root Certificate={_certificate.Authority};Include Error Detail=false;");

    /// <summary>Runs a statement that returns no rows, as the administrator.</summary>
    public void Execute(string sql, string database = Account)
    {
        using NpgsqlConnection connection = Open(database);
        using NpgsqlCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Returns the first column of the first row, as text, as the administrator sees it.</summary>
    public string? Scalar(string sql, string database = Account)
    {
        using NpgsqlConnection connection = Open(database);
        using NpgsqlCommand command = new(sql, connection);
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>Kills the server with SIGKILL: unwritten data is lost.</summary>
    public void Kill() => _process!.Kill();

    /// <summary>Starts the server on the existing data, and waits until it answers.</summary>
    public void Run()
    {
        _process?.Dispose();
        File.Delete(Path.Combine(Data, "postmaster.pid"));
        _process = StartProcess(
            "postgres",
            [
                "-D", Data, "-p", Port.ToString(CultureInfo.InvariantCulture), "-k", _folder, "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=300", "-c", "shared_buffers=64MB",
                // Like a server that is set to answer before its answer is durable; the sink overrides this.
                "-c", "synchronous_commit=off", "-c", "ssl=on", "-c", $"ssl_cert_file={_certificate.Certificate}", "-c", $"ssl_key_file={_certificate.Key}", "-c", $"ssl_ca_file={_certificate.Authority}",
            ]);
        ServerStart.Wait("postgres", _process, () => Scalar("SELECT 1"), () => _process.LastOutput);
    }

    public void Dispose()
    {
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private NpgsqlConnection Open(string database)
    {
        NpgsqlConnection connection = new(Of(Account, database, "Pooling=false;SSL Mode=Disable;"));
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private string Of(string user, string database, string options) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username={user};Database={database};{options}");

    private void Install()
    {
        if (!OperatingSystem.IsWindows())
        {
            // PostgreSQL accepts no key that others may read.
            File.SetUnixFileMode(_certificate.Key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        if (Environment.IsPrivilegedProcess)
        {
            using ChildProcess give = ChildProcess.Start(new ProcessStartInfo(Programs.Need("chown", Remedy), ["-R", Account, _folder]));
            if (give.Exited.GetAwaiter().GetResult() != 0)
            {
                throw new EmulatorException($"There is no account '{Account}' to run PostgreSQL. {Remedy}");
            }
        }

        using ChildProcess install = StartProcess("initdb", ["-D", Data, "-U", Account, "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync"]);
        if (install.Exited.GetAwaiter().GetResult() != 0)
        {
            throw new EmulatorException($"The data of PostgreSQL cannot be installed: {install.LastOutput}");
        }
    }

    private static ChildProcess StartProcess(string program, string[] options)
    {
        // Debian keeps each version in its own folder.
        string path = Programs.Find(program)
            ?? (Directory.Exists(Debian) ? Directory.GetDirectories(Debian).Order(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin", program)).LastOrDefault(File.Exists) : null)
            ?? throw new EmulatorException($"{program} was not found. {Remedy}");
        ProcessStartInfo start = Environment.IsPrivilegedProcess
            ? new(Programs.Need("setpriv", "Install util-linux."), ["--reuid", Account, "--regid", Account, "--clear-groups", path, .. options])
            : new(path, options);

        // The user must be able to open the folder that it starts in.
        start.WorkingDirectory = "/";
        return ChildProcess.Start(start);
    }
}
