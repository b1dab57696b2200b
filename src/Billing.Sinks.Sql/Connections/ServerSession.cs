using System.Data;
using System.Data.Common;
using System.Net;
using System.Runtime.CompilerServices;

namespace Billing.Sinks.Sql;

/// <summary>One open connection, used by one call, with the settings that exactness needs.</summary>
internal abstract class SqlSession(DbConnection connection, SqlDialect dialect, TimeSpan timeout) : IAsyncDisposable
{
    private readonly int _timeoutSeconds = (int)Math.Ceiling(timeout.TotalSeconds);
    private DbTransaction? _transaction;

    /// <summary>The dialect.</summary>
    public SqlDialect Dialect => dialect;

    /// <summary>Whether the connection can still be used.</summary>
    public bool IsOpen => connection.State == ConnectionState.Open;

    /// <summary>The most bytes of a statement, and of a value.</summary>
    public abstract long MaxPacket { get; }

    /// <summary>How long a statement may take.</summary>
    protected int TimeoutSeconds => _timeoutSeconds;

    /// <summary>Begins a transaction that sees what others have committed.</summary>
    public async ValueTask BeginAsync(CancellationToken cancellationToken) =>
        _transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);

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
        DbCommand command = Command(sql, values, cancellationToken);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs a statement that writes, and that must write this many rows as they were given.</summary>
    /// <exception cref="BillingException">It did not. Nothing was committed.</exception>
    public async ValueTask WriteAsync(string sql, IReadOnlyList<object?> values, int rows, CancellationToken cancellationToken) =>
        DemandWhole(await ExecuteAsync(sql, values, cancellationToken).ConfigureAwait(false), rows);

    /// <summary>Demands that the last statement wrote every row as it was given.</summary>
    /// <exception cref="BillingException">It did not.</exception>
    public virtual void DemandWhole(int written, int rows)
    {
        if (written != rows)
        {
            throw new BillingException(FormattableString.Invariant($"The server wrote {written} rows of {rows}. Nothing of the batch was stored."));
        }
    }

    /// <summary>The rows of a statement.</summary>
    public async IAsyncEnumerable<SqlRow> ReadAsync(string sql, IReadOnlyList<object?> values, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        DbCommand command = Command(sql, values, cancellationToken);
        await using (command.ConfigureAwait(false))
        {
            DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return new SqlRow(reader, dialect);
                }
            }
        }
    }

    /// <summary>Whether a statement gives a row.</summary>
    public async ValueTask<bool> AnyAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        bool any = false;
        await foreach (SqlRow row in ReadAsync(sql, values, cancellationToken).ConfigureAwait(false))
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

        await connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Whether a connection to that host does not leave this machine.</summary>
    internal static bool IsThisHost(string? host) =>
        string.IsNullOrEmpty(host) || host is "localhost" or "." || host.StartsWith('/') || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <summary>Called before each statement.</summary>
    protected virtual void Begins()
    {
    }

    /// <summary>A parameter with a value.</summary>
    protected virtual DbParameter Parameter(DbCommand command, string name, object? value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        return parameter;
    }

    // The SQL is made of this package's constants, checked names and parameters' names; values are always parameters.
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
