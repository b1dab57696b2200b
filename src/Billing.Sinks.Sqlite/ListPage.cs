namespace Billing.Sinks.Sqlite;

/// <summary>What the paged listings share: one row more than a page tells whether there is a next one.</summary>
internal static class ListPage
{
    /// <exception cref="ArgumentOutOfRangeException">The page size is not 1 to 10,000.</exception>
    public static int Size(PageRequest request)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request.PageSize, 1, nameof(PageRequest.PageSize));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.PageSize, 10_000, nameof(PageRequest.PageSize));
        return request.PageSize;
    }

    public static ArgumentException WrongToken(string token) =>
        new($"'{token}' is no continuation token of this listing. Use the one that the page before gave.", nameof(token));

    /// <summary>Reads a page from a statement that was limited to one row more.</summary>
    public static Page<T> Read<T>(SqliteStatement statement, PageRequest request, Func<SqliteStatement, T> read, Func<T, string> token, CancellationToken cancellationToken)
    {
        List<T> items = new(Math.Min(Size(request), 1_000));
        while (statement.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (items.Count == request.PageSize)
            {
                return new Page<T>(items, token(items[^1]));
            }

            items.Add(read(statement));
        }

        return new Page<T>(items, null);
    }
}
