using System.Data;
using System.Globalization;
using System.Net;
using MySqlConnector;

namespace Billing.Lambda.Expenses;

/// <summary>One open connection of a backup, with the settings that exactness needs.</summary>
internal sealed class BackupSession : IAsyncDisposable
{
    // Without NO_BACKSLASH_ESCAPES and ANSI_QUOTES, which would change how the driver must write values.
    private const string SqlMode = "STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";
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
    /// <exception cref="BillingException">It leaves this machine without TLS.</exception>
    public static async Task<BackupSession> StartAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        BackupSession session = new(connection);
        await session.ExecuteAsync($"SET SESSION sql_mode = '{SqlMode}', SESSION time_zone = '+00:00', SESSION sql_notes = 1", [], cancellationToken);
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
    public async Task<object?[]?> RowAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        await using MySqlCommand command = Command(sql, values);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? [.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? null : reader.GetValue(column))]
            : null;
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
