using System.Data;
using System.Globalization;
using System.Net;
using MySqlConnector;

namespace Billing.Lambda.Expenses;

/// <summary>One open connection of a backup, with the settings that exactness needs.</summary>
internal sealed class BackupSession : IAsyncDisposable
{
    // Without NO_BACKSLASH_ESCAPES and ANSI_QUOTES, which would change how the driver must write values.
    private const string Strict = "STRICT_ALL_TABLES";
    private const string SqlMode = $"{Strict},NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";
    private const int TimeoutSeconds = 300;

    // MySQL 8 warns that VALUES() is deprecated; MariaDB does not know its replacement.
    private const int OldSyntax = 1287;

    private readonly MySqlConnection _connection;
    private readonly List<MySqlError> _warnings = [];
    private MySqlTransaction? _transaction;

    private BackupSession(MySqlConnection connection)
    {
        _connection = connection;
        _connection.InfoMessage += (_, message) => _warnings.AddRange(message.Errors);
    }

    /// <summary>Takes over an open connection.</summary>
    /// <exception cref="BillingException">The server would change values silently, no database is named, or the connection leaves this machine without TLS.</exception>
    public static async Task<BackupSession> StartAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        BackupSession session = new(connection);
        await session.ExecuteAsync($"SET SESSION sql_mode = '{SqlMode}', SESSION time_zone = '+00:00', SESSION sql_notes = 1", [], cancellationToken);
        object?[] settings = (await session.RowAsync("SELECT CONVERT(@@SESSION.sql_mode USING utf8mb4), DATABASE(), CAST(@@SESSION.max_error_count AS SIGNED)", [], cancellationToken))!;
        if (!((string)settings[0]!).Split(',').Contains(Strict))
        {
            throw new BillingException($"The server did not accept the sql_mode {Strict} (it is '{settings[0]}'), and would change values silently. Let this user set it.");
        }

        if (settings[1] is null)
        {
            throw new BillingException("The connection string names no database. Name one.");
        }

        if (Convert.ToInt64(settings[2], CultureInfo.InvariantCulture) == 0)
        {
            await session.DemandWarningsAsync(cancellationToken);
        }

        return IsThisHost(connection.DataSource) || await session.RowAsync("SHOW SESSION STATUS LIKE 'Ssl_cipher'", [], cancellationToken) is [_, string { Length: > 0 }]
            ? session
            : throw new BillingException($"The connection to {connection.DataSource} is not encrypted. Set DB_SSL_MODE to VerifyFull or Required.");
    }

    /// <summary>Starts a transaction that sees what others have committed.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken) => _transaction = await _connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);

    /// <summary>Commits. It is too late to cancel: the commit may be durable when its answer comes.</summary>
    public Task CommitAsync() => _transaction!.CommitAsync(CancellationToken.None);

    /// <summary>Runs a statement, with the values of <c>@p0</c>, <c>@p1</c> and so on.</summary>
    /// <returns>The number of rows that were changed.</returns>
    public async Task<int> ExecuteAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        _warnings.Clear();
        await using MySqlCommand command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Runs a statement that must write its values as they are.</summary>
    /// <exception cref="BillingException">The server warned of it, which is how MySQL says that it stored something else.</exception>
    public async Task WriteAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        await ExecuteAsync(sql, values, cancellationToken);
        if (_warnings.Find(warning => (int)warning.ErrorCode != OldSyntax) is { } found)
        {
            throw new BillingException(FormattableString.Invariant($"The server reported a warning for a page of the backup (code {(int)found.ErrorCode}: {found.Message}). Nothing of the page was written, because a warning may mean a changed value."));
        }
    }

    /// <summary>The first column of the first row, as text; null where there is no row, or no value.</summary>
    public async Task<string?> ScalarAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        await using MySqlCommand command = Command(sql, values);
        return await command.ExecuteScalarAsync(cancellationToken) is { } value and not DBNull ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>The first row, or null.</summary>
    public async Task<object?[]?> RowAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken) => (await RowsAsync(sql, values, cancellationToken)).FirstOrDefault();

    /// <summary>All rows.</summary>
    public async Task<List<object?[]>> RowsAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        List<object?[]> rows = [];
        await using MySqlCommand command = Command(sql, values);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? null : reader.GetValue(column))]);
        }

        return rows;
    }

    /// <summary>Undoes what was not committed, and returns the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_transaction is not null)
            {
                await _transaction.DisposeAsync();
            }
        }
        catch (Exception e) when (BackupErrors.AreDatabase(e))
        {
            // The connection is lost: the server undoes by itself.
        }

        await _connection.DisposeAsync();
    }

    private static bool IsThisHost(string? host) =>
        string.IsNullOrEmpty(host) || host == "localhost" || host.StartsWith('/') || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    // Without warnings nobody learns of a changed value. Only some users may set this, so it is set only if it must be.
    private async Task DemandWarningsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync("SET SESSION max_error_count = 64", [], cancellationToken);
        }
        catch (MySqlException e) when (BackupErrors.AreForbidden(e))
        {
            throw new BillingException("The server does not report its warnings (max_error_count is 0), so nobody would learn of a changed value, and this user may not change that. Set max_error_count to 64 on the server, or give the user SESSION_VARIABLES_ADMIN.", e);
        }
    }

    private MySqlCommand Command(string sql, IReadOnlyList<object?> values)
    {
        MySqlCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = TimeoutSeconds;
        command.Transaction = _transaction;
        for (int i = 0; i < values.Count; i++)
        {
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"@p{i}"), values[i]);
        }

        return command;
    }
}
