using MySqlConnector;

namespace Billing.Sinks.Aurora.Connections;

/// <summary>One open connection, used by one call, with the settings that exact values need.</summary>
internal sealed class AuroraSession : ServerSession
{
    private const string Strict = "STRICT_ALL_TABLES";

    // Without NO_BACKSLASH_ESCAPES and ANSI_QUOTES, which would change how the driver must write values.
    private const string SqlMode = Strict + ",NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";

    private readonly List<MySqlError> _warnings = [];
    private readonly MySqlConnection _connection;
    private long _maxPacket;

    private AuroraSession(MySqlConnection connection, TimeSpan timeout)
        : base(connection, AuroraDialect.Instance, timeout)
    {
        _connection = connection;
        _connection.InfoMessage += (_, message) => _warnings.AddRange(message.Errors);
    }

    /// <inheritdoc/>
    public override long MaxPacket => _maxPacket;

    /// <summary>Whether rows may be loaded with <c>LOAD DATA LOCAL INFILE</c>: the options, the server and the connection string must all allow it.</summary>
    public bool AllowsBulk { get; private set; }

    /// <summary>The warnings and notes of the last statement; if there are very many, the first ones.</summary>
    public IReadOnlyList<MySqlError> Warnings => _warnings;

    /// <summary>Takes over an open connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="options">The validated options.</param>
    /// <param name="sendsStreams">Whether its connection string allows <c>LOAD DATA LOCAL INFILE</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="BillingException">The server rejects the settings, or the connection has no TLS although it is required.</exception>
    public static async ValueTask<AuroraSession> StartAsync(MySqlConnection connection, AuroraSinkOptions options, bool sendsStreams, CancellationToken cancellationToken)
    {
        AuroraSession session = new(connection, options.CommandTimeout);

        await session.ExecuteAsync(
            $"SET SESSION sql_mode = '{SqlMode}', SESSION time_zone = '+00:00', SESSION sql_notes = 1, SESSION group_concat_max_len = 1048576",
            cancellationToken).ConfigureAwait(false);
        bool keepsWarnings = false;
        await foreach (SqlRow row in session.ReadAsync("SELECT @@SESSION.sql_mode, @@max_allowed_packet, @@local_infile, DATABASE(), @@SESSION.max_error_count", [], cancellationToken).ConfigureAwait(false))
        {
            string mode = row.Text(0);
            if (!mode.Split(',').Contains(Strict))
            {
                throw new BillingException($"The server did not accept the sql_mode {Strict} (it is '{mode}'), and would change values silently. Allow this user to set sql_mode.");
            }

            if (row.IsNull(3))
            {
                throw new BillingException("The connection string names no database. Add one, for example Database=billing.");
            }

            session._maxPacket = row.Int64(1);
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

    /// <summary>Loads rows from a stream, which the driver sends and nothing else.</summary>
    /// <returns>The number of rows that the server wrote. <see cref="Warnings"/> holds its warnings.</returns>
    public async ValueTask<int> LoadAsync(SqlTable table, Stream rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _warnings.Clear();

        // As bytes: with a character set the server would convert the data, and count lines differently.
        MySqlBulkLoader loader = new(_connection)
        {
            TableName = table.Sql,
            CharacterSet = "binary",
            FieldTerminator = "\t",
            LineTerminator = "\n",
            EscapeCharacter = '\\',
            ConflictOption = MySqlBulkLoaderConflictOption.None,
            Local = true,
            SourceStream = rows,
            Timeout = TimeoutSeconds,
        };
        loader.Columns.AddRange(table.Columns.Select(column => Dialect.Quote(column.Name)));
        return await loader.LoadAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>MySQL reports with a warning that it stored a different value.</remarks>
    public override void DemandWhole(int written, int rows)
    {
        if (_warnings.Count > 0)
        {
            throw new BillingException(FormattableString.Invariant($"The server reported a warning for a batch (code {(int)_warnings[0].ErrorCode}: {_warnings[0].Message}). Nothing of the batch was stored, because a warning may mean a changed value."));
        }

        base.DemandWhole(written, rows);
    }

    /// <inheritdoc/>
    protected override void Begins() => _warnings.Clear();

    // Without warnings, a changed value would go unnoticed. Only some users may change this setting, so it is changed only if necessary.
    private async ValueTask DemandWarningsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync("SET SESSION max_error_count = 64", cancellationToken).ConfigureAwait(false);
        }
        catch (MySqlException e) when (AuroraErrors.IsForbidden(e))
        {
            throw new BillingException("The server does not report warnings (max_error_count is 0), so a changed value would go unnoticed, and this user may not change the setting. Set max_error_count to 64 on the server, or give the user SESSION_VARIABLES_ADMIN.", e);
        }
    }

    private async ValueTask DemandTlsAsync(CancellationToken cancellationToken)
    {
        string cipher = "";
        await foreach (SqlRow row in ReadAsync("SHOW SESSION STATUS LIKE 'Ssl_cipher'", [], cancellationToken).ConfigureAwait(false))
        {
            cipher = row.Text(1);
        }

        if (cipher.Length == 0)
        {
            throw SqlEngine.NotEncrypted(_connection.DataSource, "SslMode=VerifyFull or Required", nameof(AuroraSinkOptions));
        }
    }
}
