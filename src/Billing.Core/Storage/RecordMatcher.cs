namespace Billing.Storage;

/// <summary>The meaning of a <see cref="RecordQuery"/> and of a <see cref="QuarantineQuery"/>, in C#.</summary>
internal static class RecordMatcher
{
    /// <summary>Whether <paramref name="record"/> matches every property that is set.</summary>
    public static bool Matches(RecordQuery query, BillingRecord record) =>
        (query.From is null || record.Date >= query.From)
        && (query.To is null || record.Date <= query.To)
        && (query.Party is null || record.Party == query.Party)
        && (query.Category is null || (record.Category ?? "") == query.Category)
        && (query.Currency is null || record.Amount.Currency.Code == query.Currency)
        && (string.IsNullOrEmpty(query.Text) || HasText(query.Text, record))
        && (query.RunId is null || record.RunId == query.RunId)
        && (query.SourceName is null || record.Source.Name == query.SourceName)
        && (query.Line is null || record.Source.Line == query.Line)
        && (query.Scope is null || record.Scope == query.Scope)
        && (query.Flag is null || record.Flags.Contains(query.Flag));

    /// <summary>Whether <paramref name="record"/> matches every property that is set.</summary>
    public static bool Matches(QuarantineQuery query, QuarantinedRecord record) =>
        (query.Reason is null || record.Reason == query.Reason)
        && (query.SourceName is null || record.Source.Name == query.SourceName)
        && (query.RunId is null || record.RunId == query.RunId)
        && (query.Line is null || record.Source.Line == query.Line)
        && (query.Key is null || record.Key == query.Key)
        && (query.IncludeResolved || record.IsOpen);

    /// <summary>Whether a document matches a query.</summary>
    public static bool Matches(DocumentQuery query, LedgerDocument document) =>
        document.Kind == query.Kind && (query.IdPrefix is null || document.Id.StartsWith(query.IdPrefix, StringComparison.Ordinal));

    /// <summary>Returns the group of a record.</summary>
    public static string GroupOf(SummaryBy by, BillingRecord record) => by switch
    {
        SummaryBy.Month => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{record.Date:yyyy-MM}"),
        SummaryBy.Category => record.Category ?? "",
        SummaryBy.Party => record.Party ?? "",
        SummaryBy.Currency => record.Amount.Currency.Code,
        SummaryBy.Day => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{record.Date:yyyy-MM-dd}"),
        SummaryBy.Minute => record.Instant is { } instant ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{instant.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}") : "",
        _ => throw new ArgumentOutOfRangeException(nameof(by), by, $"{by} is not a way to group. Use a value of {nameof(SummaryBy)}."),
    };

    private static bool HasText(string text, BillingRecord record) =>
        Contains(record.Party, text) || Contains(record.Account, text) || Contains(record.Description, text) || Contains(record.SourceId, text);

    private static bool Contains(string? value, string text)
    {
        for (int start = 0; value is not null && start <= value.Length - text.Length; start++)
        {
            if (EqualsIgnoringAsciiCase(value.AsSpan(start, text.Length), text))
            {
                return true;
            }
        }

        return false;
    }

    private static bool EqualsIgnoringAsciiCase(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        for (int i = 0; i < left.Length; i++)
        {
            if (left[i] != right[i] && (!char.IsAsciiLetter(left[i]) || !char.IsAsciiLetter(right[i]) || (left[i] | ' ') != (right[i] | ' ')))
            {
                return false;
            }
        }

        return true;
    }
}
