namespace Billing.Sinks.Sql.Connections;

/// <summary>Opens connections for calls, and holds each call's transaction.</summary>
internal abstract class SqlDatabase : IAsyncDisposable
{
    /// <summary>Does work on a connection.</summary>
    /// <exception cref="BillingException">The database failed. The message says how, and what to do.</exception>
    public abstract ValueTask<T> ReadAsync<T>(Func<SqlSession, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken);

    /// <summary>Does work in one transaction. What it returned is durable then; an exception, also of cancellation, undoes all of it.</summary>
    /// <param name="work">The work. Its argument says whether an earlier attempt may have been committed although no answer came.</param>
    /// <param name="cancellationToken">Cancels the call, up to the commit.</param>
    /// <exception cref="BillingException">The database failed. The message says how, and what to do.</exception>
    public abstract ValueTask<T> WriteAsync<T>(Func<SqlSession, bool, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken);

    /// <summary>As <see cref="WriteAsync"/>, for work that gives nothing.</summary>
    public async ValueTask ChangeAsync(Func<SqlSession, CancellationToken, ValueTask> work, CancellationToken cancellationToken) =>
        await WriteAsync(
            async (session, _, token) =>
            {
                await work(session, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
