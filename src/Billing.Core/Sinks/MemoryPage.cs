using System.Globalization;

namespace Billing.Sinks;

/// <summary>Pages over a list that is in order. The token is the sort key of the last item, so that changes before it do not move the next page.</summary>
internal static class MemoryPage
{
    public static Page<T> Of<T, TKey>(IEnumerable<T> items, PageRequest request, Func<T, TKey> key, Func<string, TKey> parse, Func<TKey, string> format, IComparer<TKey> comparer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request.PageSize, 1, "PageSize");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.PageSize, 10_000, "PageSize");
        IEnumerable<T> rest = items;
        if (request.ContinuationToken is { } token)
        {
            TKey after;
            try
            {
                after = parse(token);
            }
            catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or IndexOutOfRangeException)
            {
                throw new ArgumentException($"'{token}' is no continuation token of this listing. Use the one that the page before gave.", nameof(request), e);
            }

            rest = items.Where(item => comparer.Compare(key(item), after) > 0);
        }

        List<T> page = [.. rest.Take(request.PageSize + 1)];
        bool more = page.Count > request.PageSize;
        if (more)
        {
            page.RemoveAt(request.PageSize);
        }

        return new Page<T>(page, more ? format(key(page[^1])) : null);
    }

    /// <summary>Date and key of a record, as a token.</summary>
    public static string Token((DateOnly Date, RecordKey Key) position) =>
        string.Create(CultureInfo.InvariantCulture, $"{position.Date:yyyyMMdd}{position.Key}");

    /// <summary>Reads what <see cref="Token"/> wrote.</summary>
    public static (DateOnly Date, RecordKey Key) Position(string token) =>
        (DateOnly.ParseExact(token[..8], "yyyyMMdd", CultureInfo.InvariantCulture), RecordKey.Parse(token[8..]));
}
