using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;

namespace Billing.Sinks.Aurora;

/// <summary>One open connection, used by one call, with the settings that exactness needs.</summary>
internal sealed class AuroraSession : IAsyncDisposable
{
    private const string Strict = "STRICT_ALL_TABLES";

    // Without NO_BACKSLASH_ESCAPES and ANSI_QUOTES, which would change what the drivers write.
    private const string SqlMode = Strict + ",NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";

    private readonly DbConnection _connection;
    private readonly int _timeoutSeconds;
    private DbTransaction? _transaction;

    private AuroraSession(DbConnection connection, TimeSpan timeout)
    {
        _connection = connection;
        _timeoutSeconds = (int)Math.Ceiling(timeout.TotalSeconds);
    }

    /// <summary>Whether the connection can still be used.</summary>
    public bool IsOpen => _connection.State == ConnectionState.Open;

    /// <summary>The most bytes of a statement, and of a value.</summary>
    public long MaxPacket { get; private set; }

    /// <summary>Whether the server takes <c>LOAD DATA LOCAL INFILE</c>.</summary>
    public bool ServerAllowsLocalInfile { get; private set; }

    /// <summary>Takes over an open connection.</summary>
    /// <exception cref="BillingException">The server does not take the settings, or the connection has no TLS and needs it.</exception>
    public static async ValueTask<AuroraSession> StartAsync(DbConnection connection, AuroraSinkOptions options, CancellationToken cancellationToken)
    {
        AuroraSession session = new(connection, options.CommandTimeout);

        // Names and messages of the server come in utf8mb3 otherwise, which older drivers do not know. Warnings and notes decide, so they must be told.
        await session.ExecuteAsync(
            $"SET SESSION sql_mode = '{SqlMode}', SESSION time_zone = '+00:00', SESSION character_set_results = utf8mb4, SESSION sql_notes = 1, SESSION max_error_count = 64, SESSION group_concat_max_len = 1048576",
            cancellationToken).ConfigureAwait(false);
        await foreach (AuroraRow row in session.ReadAsync("SELECT @@SESSION.sql_mode, @@max_allowed_packet, @@local_infile, DATABASE()", [], cancellationToken).ConfigureAwait(false))
        {
            string mode = row.Text(0);
            if (!mode.Split(',').Contains(Strict))
            {
                throw new BillingException($"The server did not take the sql_mode {Strict} (it is '{mode}'), and would change values silently. Let this user set it.");
            }

            if (row.IsNull(3))
            {
                throw new BillingException("The connection string names no database. Name one.");
            }

            session.MaxPacket = row.Int64(1);
            session.ServerAllowsLocalInfile = row.Text(2) is "1" or "ON";
        }

        if (options.RequireTls && !IsThisHost(connection.DataSource))
        {
            await session.DemandTlsAsync(cancellationToken).ConfigureAwait(false);
        }

        return session;
    }

    /// <summary>Begins a transaction that sees what others have committed.</summary>
    public async ValueTask BeginAsync(CancellationToken cancellationToken) =>
        _transaction = await _connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);

    /// <summary>Commits. From here on it is too late to cancel: the commit may be durable when its answer comes.</summary>
    public async ValueTask CommitAsync()
    {
        await _transaction!.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        await _transaction.DisposeAsync().ConfigureAwait(false);
        _transaction = null;
    }

    /// <summary>Runs a statement without parameters that gives no rows.</summary>
    /// <returns>The number of rows that it changed.</returns>
    public ValueTask<int> ExecuteAsync(string sql, CancellationToken cancellationToken) => ExecuteAsync(sql, [], cancellationToken);

    /// <summary>Runs a statement that gives no rows, with the values of <c>@p0</c>, <c>@p1</c> and so on.</summary>
    /// <returns>The number of rows that it changed.</returns>
    public async ValueTask<int> ExecuteAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DbCommand command = Command(sql, values);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs a statement that writes, and that must write this many rows without a warning: a warning is how MySQL says that it stored something else.</summary>
    /// <exception cref="BillingException">There was a warning, or another number of rows. Nothing was committed.</exception>
    public async ValueTask WriteAsync(string sql, IReadOnlyList<object?> values, int rows, CancellationToken cancellationToken)
    {
        int written = await ExecuteAsync(sql, values, cancellationToken).ConfigureAwait(false);
        DemandWhole(await WarningsAsync(cancellationToken).ConfigureAwait(false), written, rows);
    }

    /// <summary>What the server warned of in the last statement; of very many the first ones.</summary>
    public async ValueTask<IReadOnlyList<ServerWarning>> WarningsAsync(CancellationToken cancellationToken)
    {
        List<ServerWarning> warnings = [];
        await foreach (AuroraRow warning in ReadAsync("SHOW WARNINGS", [], cancellationToken).ConfigureAwait(false))
        {
            warnings.Add(new ServerWarning(warning.Text(1), warning.Text(2)));
        }

        return warnings;
    }

    /// <summary>Demands that a statement wrote every row as it was given.</summary>
    /// <exception cref="BillingException">It did not.</exception>
    public static void DemandWhole(IReadOnlyList<ServerWarning> warnings, int written, int rows)
    {
        if (warnings.Count > 0)
        {
            throw new BillingException($"The server warned of a batch (code {warnings[0].Code}: {warnings[0].Message}). Nothing of the batch was stored, because a warning may mean a changed value.");
        }

        if (written != rows)
        {
            throw new BillingException(string.Create(CultureInfo.InvariantCulture, $"The server wrote {written} rows of {rows}. Nothing of the batch was stored."));
        }
    }

    /// <summary>The rows of a statement.</summary>
    public async IAsyncEnumerable<AuroraRow> ReadAsync(string sql, IReadOnlyList<object?> values, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DbCommand command = Command(sql, values);
        await using (command.ConfigureAwait(false))
        {
            DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return new AuroraRow(reader);
                }
            }
        }
    }

    /// <summary>Whether a statement gives a row.</summary>
    public async ValueTask<bool> AnyAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        bool any = false;
        await foreach (AuroraRow row in ReadAsync(sql, values, cancellationToken).ConfigureAwait(false))
        {
            any |= !row.IsNull(0);
        }

        return any;
    }

    /// <summary>Undoes what was not committed, and gives the connection back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null)
        {
            await _transaction.DisposeAsync().ConfigureAwait(false);
        }

        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Whether a connection to that host does not leave this machine.</summary>
    internal static bool IsThisHost(string? host) =>
        string.IsNullOrEmpty(host) || host is "localhost" or "." || host.StartsWith('/') || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    private async ValueTask DemandTlsAsync(CancellationToken cancellationToken)
    {
        string cipher = "";
        await foreach (AuroraRow row in ReadAsync("SHOW SESSION STATUS LIKE 'Ssl_cipher'", [], cancellationToken).ConfigureAwait(false))
        {
            cipher = row.Text(1);
        }

        if (cipher.Length == 0)
        {
            throw new BillingException($"The connection to {_connection.DataSource} is not encrypted. Ask for TLS in the connection string (SslMode=VerifyFull or Required), or set {nameof(AuroraSinkOptions)}.{nameof(AuroraSinkOptions.RequireTls)} to false in a network that nobody else can hear.");
        }
    }

    // The SQL is made of this package's constants, checked names and parameters' names; values are always parameters.
#pragma warning disable CA2100
    private DbCommand Command(string sql, IReadOnlyList<object?> values)
    {
        DbCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = _timeoutSeconds;
        command.Transaction = _transaction;
        for (int i = 0; i < values.Count; i++)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = ParameterNames.Of(i);
            parameter.Value = values[i] ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
#pragma warning restore CA2100
}
