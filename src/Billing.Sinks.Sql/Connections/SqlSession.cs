namespace Billing.Sinks.Sql.Connections;

/// <summary>One open connection, used by one call.</summary>
internal abstract class SqlSession(SqlDialect dialect) : IAsyncDisposable
{
    /// <summary>The dialect.</summary>
    public SqlDialect Dialect => dialect;

    /// <summary>Runs a statement that returns no rows, with the values of <c>@p0</c>, <c>@p1</c> and so on.</summary>
    /// <returns>The number of rows that were changed.</returns>
    public abstract ValueTask<int> ExecuteAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken);

    /// <summary>Runs a statement without parameters that returns no rows.</summary>
    /// <returns>The number of rows that were changed.</returns>
    public ValueTask<int> ExecuteAsync(string sql, CancellationToken cancellationToken) => ExecuteAsync(sql, [], cancellationToken);

    /// <summary>The rows of a statement. Each is good until the next.</summary>
    public abstract IAsyncEnumerable<SqlRow> ReadAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken);

    /// <summary>Inserts rows, each with the values of the table's first columns, or throws.</summary>
    /// <param name="table">The table.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="onConflict">What the statement says of rows that are there (<see cref="SqlDialect.Upsert"/>), or nothing.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public abstract ValueTask InsertAsync(SqlTable table, IReadOnlyList<object?[]> rows, string onConflict, CancellationToken cancellationToken);

    /// <inheritdoc cref="InsertAsync(SqlTable, IReadOnlyList{object?[]}, string, CancellationToken)"/>
    public ValueTask InsertAsync(SqlTable table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken) => InsertAsync(table, rows, "", cancellationToken);

    /// <summary>Runs a statement that must write this many rows, unchanged.</summary>
    /// <exception cref="BillingException">It wrote something else. Nothing was committed.</exception>
    public async ValueTask WriteAsync(string sql, IReadOnlyList<object?> values, int rows, CancellationToken cancellationToken) =>
        DemandWhole(await ExecuteAsync(sql, values, cancellationToken).ConfigureAwait(false), rows);

    /// <summary>Checks that the last statement wrote every row unchanged.</summary>
    /// <exception cref="BillingException">It wrote something else.</exception>
    public virtual void DemandWhole(int written, int rows)
    {
        if (written != rows)
        {
            throw new BillingException(FormattableString.Invariant($"The server wrote {written} of {rows} rows. Nothing of the batch was stored."));
        }
    }

    /// <summary>Whether a statement returns a row.</summary>
    public async ValueTask<bool> AnyAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        bool any = false;
        await foreach (SqlRow row in ReadAsync(sql, values, cancellationToken).ConfigureAwait(false))
        {
            any |= !row.IsNull(0);
        }

        return any;
    }

    /// <summary>Gives the connection back.</summary>
    public abstract ValueTask DisposeAsync();
}
