using System.Data.Common;
using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace Billing.Sinks.Postgres.Connections;

/// <summary>PostgreSQL, through Npgsql.</summary>
internal sealed class PostgresEngine(PostgresSinkOptions options) : SqlEngine(options)
{
    // A server can be set to answer before its answer is durable. A run would then be told of rows that a crash can lose.
    private const string Start = """
        SELECT COALESCE((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), FALSE)::int::bigint, current_setting('server_encoding'),
            CASE WHEN current_setting('synchronous_commit') = 'off' THEN set_config('synchronous_commit', 'on', FALSE) END
        """;

    public override async ValueTask<ServerSession> StartAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        NpgsqlConnection opened = (NpgsqlConnection)connection;
        PostgresSession session = new(opened, options.CommandTimeout);
        await foreach (SqlRow row in session.ReadAsync(Start, [], cancellationToken).ConfigureAwait(false))
        {
            if (options.RequireTls && row.Int64(0) == 0 && !ServerSession.IsThisHost(opened.Host))
            {
                throw NotEncrypted(opened.Host, "SSL Mode=VerifyFull or Require", nameof(PostgresSinkOptions));
            }

            if (row.Text(1) != "UTF8")
            {
                throw new BillingException($"The database has the encoding {row.Text(1)}, which cannot hold every text. Create the database with ENCODING 'UTF8'.");
            }
        }

        return session;
    }

    public override string? CodeOf(Exception exception) => SqlStateOf(exception);

    public override bool IsAccessDenied(Exception exception) => SqlStateOf(exception) is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification;

    public override bool IsUnreachable(Exception exception) => SqlStateOf(exception) is null && !Causes.Have<AuthenticationException>(exception) && Causes.Have<SocketException>(exception);

    public override bool IsDatabase(Exception exception) => exception is DbException || Causes.AreNetwork(exception);

    public override string? ReasonToRetry(Exception exception) => SqlStateOf(exception) switch
    {
        PostgresErrorCodes.DeadlockDetected => "deadlock",
        PostgresErrorCodes.SerializationFailure => "another transaction was first",
        PostgresErrorCodes.UniqueViolation => "another writer was first",
        PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.DuplicateTable => "another program is creating the tables",
        PostgresErrorCodes.LockNotAvailable => "waiting for a lock took too long",
        PostgresErrorCodes.ReadOnlySqlTransaction => "the server is read-only, as in a failover",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => "the server is shutting down",
        PostgresErrorCodes.CannotConnectNow => "the server is starting",
        PostgresErrorCodes.TooManyConnections => "too many connections",
        { } code when code.StartsWith("08", StringComparison.Ordinal) => "the connection was lost",
        null => Causes.Have<AuthenticationException>(exception) ? null
            : Causes.AreNetwork(exception) ? "the network failed"
            : exception is DbException { IsTransient: true } ? "the driver reports a transient error" : null,
        _ => exception is DbException { IsTransient: true } ? "the driver reports a transient error" : null,
    };

    public override string Remedy(Exception exception) => SqlStateOf(exception) switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => "Check the user and the password, and whether the server accepts this user from this machine without TLS.",
        PostgresErrorCodes.InsufficientPrivilege => "Give the user the permission to do this.",
        PostgresErrorCodes.InvalidCatalogName => "Create the database, or correct its name.",
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn => $"Create the tables, either with {nameof(PostgresSinkOptions)}.{nameof(PostgresSinkOptions.CreateTables)} or by hand.",
        PostgresErrorCodes.DiskFull or PostgresErrorCodes.OutOfMemory => "Give the server more memory or disk space.",
        _ when Causes.Have<AuthenticationException>(exception) => "The server's certificate is not trusted here: set Root Certificate to the file of the authority that signed it (Amazon's global-bundle.pem for Aurora), and Host to the name in the certificate.",
        _ => ReasonToRetry(exception) is { } reason ? $"The likely cause: {reason}. Try again later." : "Correct the error that the server reports.",
    };

    private static string? SqlStateOf(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is PostgresException error)
            {
                return error.SqlState;
            }
        }

        return null;
    }
}
