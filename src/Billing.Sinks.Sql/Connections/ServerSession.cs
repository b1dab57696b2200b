using System.Data;
using System.Data.Common;
using System.Net;
using System.Runtime.CompilerServices;

namespace Billing.Sinks.Sql.Connections;

/// <summary>One open connection to a server, with the settings that exactness needs.</summary>
internal abstract class ServerSession(DbConnection connection, ServerDialect dialect, TimeSpan timeout) : SqlSession(dialect)
{
    private readonly int _timeoutSeconds = (int)Math.Ceiling(timeout.TotalSeconds);
    private DbTransaction? _transaction;

    /// <summary>Whether the connection is still usable.</summary>
    public bool IsOpen => connection.State == ConnectionState.Open;

    /// <summary>The maximum size of a statement, and of a value, in bytes.</summary>
    public abstract long MaxPacket { get; }

    /// <summary>The longest time that a statement may take.</summary>
    protected int TimeoutSeconds => _timeoutSeconds;

    /// <summary>Starts a transaction that sees what others have committed.</summary>
    public async ValueTask BeginAsync(CancellationToken cancellationToken) =>
        _transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);

    /// <summary>Commits. It is now too late to cancel: the commit may be durable when its answer comes.</summary>
    public async ValueTask CommitAsync()
    {
        await _transaction!.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        await _transaction.DisposeAsync().ConfigureAwait(false);
        _transaction = null;
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ExecuteAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        DbCommand command = Command(sql, values, cancellationToken);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<SqlRow> ReadAsync(string sql, IReadOnlyList<object?> values, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        DbCommand command = Command(sql, values, cancellationToken);
        await using (command.ConfigureAwait(false))
        {
            DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                ServerRow row = new(reader, dialect);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return row;
                }
            }
        }
    }

    /// <inheritdoc/>
    public override ValueTask InsertAsync(SqlTable table, IReadOnlyList<object?[]> rows, string onConflict, CancellationToken cancellationToken) =>
        ValuesInsert.InsertAsync(this, table, rows, onConflict, cancellationToken);

    /// <summary>Undoes what was not committed, and returns the connection.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (_transaction is not null)
        {
            await _transaction.DisposeAsync().ConfigureAwait(false);
        }

        await connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Whether a connection to this host stays on this machine.</summary>
    internal static bool IsThisHost(string? host) =>
        string.IsNullOrEmpty(host) || host is "localhost" or "." || host.StartsWith('/') || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <summary>Called before each statement.</summary>
    protected virtual void Begins()
    {
    }

    /// <summary>Adds a parameter with a value.</summary>
    protected virtual DbParameter Parameter(DbCommand command, string name, object? value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        return parameter;
    }

    // The SQL consists of this package's constants, validated names and parameter names; values are always parameters.
#pragma warning disable CA2100
    private DbCommand Command(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Begins();
        DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = _timeoutSeconds;
        command.Transaction = _transaction;
        for (int i = 0; i < values.Count; i++)
        {
            command.Parameters.Add(Parameter(command, ParameterNames.Of(i), values[i]));
        }

        return command;
    }
#pragma warning restore CA2100
}
