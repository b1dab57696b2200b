namespace Billing.Storage;

/// <summary>Says when a page is full: by its items, or by the bytes of their texts where the request limits them.</summary>
internal sealed class PageBudget(PageRequest page)
{
    private const int BytesPerChar = sizeof(char);

    private readonly int _most = PageToken.SizeOf(page);
    private int _count;
    private long _bytes;
    private int? _size;

    /// <summary>How many of the items that were counted are on the page.</summary>
    public int Size => _size ?? _most;

    /// <summary>Counts an item that was read.</summary>
    /// <returns>Whether it is one more than the page has room for, so that no more need be read.</returns>
    public bool IsPast(BillingRecord record) => IsPast(page.MostBytes is null ? 0 : BytesOf(record));

    /// <inheritdoc cref="IsPast(BillingRecord)"/>
    public bool IsPast(QuarantinedRecord record) => IsPast(record.Raw.Length + (long)CharsOf(record.Header, record.Detail, record.Source.Name) * BytesPerChar);

    /// <inheritdoc cref="IsPast(BillingRecord)"/>
    public bool IsPast(IngestReport run) => IsPast(
        (long)CharsOf(run.Source, run.Error, run.Settings?.Layout, run.Settings?.Rates, run.Settings?.Rules, run.Settings?.RulesInCode) * BytesPerChar);

    /// <summary>The items up to the one that is past the page.</summary>
    public static List<T> Take<T>(IEnumerable<T> items, Func<T, bool> isPast)
    {
        List<T> taken = [];
        foreach (T item in items)
        {
            taken.Add(item);
            if (isPast(item))
            {
                break;
            }
        }

        return taken;
    }

    private bool IsPast(long bytes)
    {
        if (_count++ == Size)
        {
            return true;
        }

        _bytes += bytes;
        if (_bytes >= page.MostBytes)
        {
            _size ??= _count;
        }

        return false;
    }

    private static long BytesOf(BillingRecord record)
    {
        long chars = CharsOf(record.Scope, record.SourceId, record.Party, record.Account, record.Description, record.Category, record.CategoryRule);
        foreach ((string name, string? value) in record.Attributes)
        {
            // Names are shared in a source, but not in what stores give.
            chars += CharsOf(name, value);
        }

        return chars * BytesPerChar;
    }

    private static int CharsOf(params ReadOnlySpan<string?> texts)
    {
        int chars = 0;
        foreach (string? text in texts)
        {
            chars += text?.Length ?? 0;
        }

        return chars;
    }
}
