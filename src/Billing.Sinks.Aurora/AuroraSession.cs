using System.Data;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using MySqlConnector;

namespace Billing.Sinks.Aurora;

/// <summary>One open connection, used by one call, with the settings that exactness needs.</summary>
internal sealed class AuroraSession : IAsyncDisposable
{
    private const string Strict = "STRICT_ALL_TABLES";

    // Without NO_BACKSLASH_ESCAPES and ANSI_QUOTES, which would change what the driver writes.
    private const string SqlMode = Strict + ",NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";

    private readonly List<MySqlError> _warnings = [];
    private readonly MySqlConnection _connection;
    private readonly int _timeoutSeconds;
    private MySqlTransaction? _transaction;

    private AuroraSession(MySqlConnection connection, TimeSpan timeout)
    {
        _connection = connection;
        _connection.InfoMessage += (_, message) => _warnings.AddRange(message.Errors);
        _timeoutSeconds = (int)Math.Ceiling(timeout.TotalSeconds);
    }

    /// <summary>Whether the connection can still be used.</summary>
    public bool IsOpen => _connection.State == ConnectionState.Open;

    /// <summary>The most bytes of a statement, and of a value.</summary>
    public long MaxPacket { get; private set; }

    /// <summary>Whether rows may be loaded by <c>LOAD DATA LOCAL INFILE</c>: options, server and connection string all allow it.</summary>
    public bool AllowsBulk { get; private set; }

    /// <summary>What the server warned of, or noted, in the last statement; of very many the first ones.</summary>
    public IReadOnlyList<MySqlError> Warnings => _warnings;

    /// <summary>Takes over an open connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="options">Checked options.</param>
    /// <param name="sendsStreams">Whether its connection string allows <c>LOAD DATA LOCAL INFILE</c>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="BillingException">The server does not take the settings, or the connection has no TLS and needs it.</exception>
    public static async ValueTask<AuroraSession> StartAsync(MySqlConnection connection, AuroraSinkOptions options, bool sendsStreams, CancellationToken cancellationToken)
    {
        AuroraSession session = new(connection, options.CommandTimeout);

        await session.ExecuteAsync(
            $"SET SESSION sql_mode = '{SqlMode}', SESSION time_zone = '+00:00', SESSION sql_notes = 1, SESSION group_concat_max_len = 1048576",
            cancellationToken).ConfigureAwait(false);
        bool keepsWarnings = false;
        await foreach (AuroraRow row in session.ReadAsync("SELECT @@SESSION.sql_mode, @@max_allowed_packet, @@local_infile, DATABASE(), @@SESSION.max_error_count", [], cancellationToken).ConfigureAwait(false))
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
            session.AllowsBulk = options.UseLocalInfile && sendsStreams && row.Int64(2) == 1;
            keepsWarnings = row.Int64(4) == 0;
        }

        if (keepsWarnings)
        {
            await session.DemandWarningsAsync(cancellationToken).ConfigureAwait(false);
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
        MySqlCommand command = Command(sql, values, cancellationToken);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs a statement that writes, and that must write this many rows without a warning: a warning is how MySQL says that it stored something else.</summary>
    /// <exception cref="BillingException">There was a warning, or another number of rows. Nothing was committed.</exception>
    public async ValueTask WriteAsync(string sql, IReadOnlyList<object?> values, int rows, CancellationToken cancellationToken)
    {
        DemandWhole(await ExecuteAsync(sql, values, cancellationToken).ConfigureAwait(false), rows);
    }

    /// <summary>Loads rows from a stream, which the driver sends without asking it for anything else.</summary>
    /// <returns>The number of rows that the server wrote. <see cref="Warnings"/> says how.</returns>
    public async ValueTask<int> LoadAsync(AuroraTable table, Stream rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _warnings.Clear();

        // As bytes: with a character set the server would convert, and count lines otherwise.
        MySqlBulkLoader loader = new(_connection)
        {
            TableName = $"`{table.Name}`",
            CharacterSet = "binary",
            FieldTerminator = "\t",
            LineTerminator = "\n",
            EscapeCharacter = '\\',
            ConflictOption = MySqlBulkLoaderConflictOption.None,
            Local = true,
            SourceStream = rows,
            Timeout = _timeoutSeconds,
        };
        loader.Columns.AddRange(table.Columns.Select(column => $"`{column.Name}`"));
        return await loader.LoadAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Demands that the last statement wrote every row as it was given.</summary>
    /// <exception cref="BillingException">It did not.</exception>
    public void DemandWhole(int written, int rows)
    {
        if (_warnings.Count > 0)
        {
            throw new BillingException(FormattableString.Invariant($"The server warned of a batch (code {(int)_warnings[0].ErrorCode}: {_warnings[0].Message}). Nothing of the batch was stored, because a warning may mean a changed value."));
        }

        if (written != rows)
        {
            throw new BillingException(string.Create(CultureInfo.InvariantCulture, $"The server wrote {written} rows of {rows}. Nothing of the batch was stored."));
        }
    }

    /// <summary>The rows of a statement.</summary>
    public async IAsyncEnumerable<AuroraRow> ReadAsync(string sql, IReadOnlyList<object?> values, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        MySqlCommand command = Command(sql, values, cancellationToken);
        await using (command.ConfigureAwait(false))
        {
            MySqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
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

    // Without warnings nobody is told of a changed value. Only some users may set this, so it is set only where it must be.
    private async ValueTask DemandWarningsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync("SET SESSION max_error_count = 64", cancellationToken).ConfigureAwait(false);
        }
        catch (MySqlException e) when (AuroraErrors.IsForbidden(e))
        {
            throw new BillingException("The server keeps its warnings to itself (max_error_count is 0), so that nobody would be told of a changed value, and this user may not change that. Set max_error_count to 64 on the server, or give the user SESSION_VARIABLES_ADMIN.", e);
        }
    }

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
    private MySqlCommand Command(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _warnings.Clear();
        MySqlCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = _timeoutSeconds;
        command.Transaction = _transaction;
        for (int i = 0; i < values.Count; i++)
        {
            command.Parameters.AddWithValue(ParameterNames.Of(i), values[i]);
        }

        return command;
    }
#pragma warning restore CA2100
}
