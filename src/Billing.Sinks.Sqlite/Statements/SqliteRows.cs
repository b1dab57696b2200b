namespace Billing.Sinks.Sqlite.Statements;

/// <summary>The rows of a statement, each as SQLite comes to it: nothing here waits.</summary>
internal sealed class SqliteRows(SqliteStatement statement, CancellationToken cancellationToken) : IAsyncEnumerable<SqlRow>, IAsyncEnumerator<SqlRow>
{
    public SqlRow Current => statement;

    public IAsyncEnumerator<SqlRow> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

    public ValueTask<bool> MoveNextAsync()
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(statement.Step());
    }

    public ValueTask DisposeAsync()
    {
        statement.Dispose();
        return ValueTask.CompletedTask;
    }
}
