namespace Billing.Sinks;

/// <summary>Whether a record matches a query: the reference that every store's own filters equal.</summary>
internal static class RecordMatch
{
    public static bool Matches(BillingRecord record, RecordQuery query) =>
        (query.From is not { } from || record.Date >= from)
        && (query.To is not { } to || record.Date <= to)
        && (query.Party is null || record.Party == query.Party)
        && (query.Category is null || (record.Category ?? "") == query.Category)
        && (query.Currency is null || record.Amount.Currency.Code == query.Currency)
        && (query.RunId is null || record.RunId == query.RunId)
        && (query.SourceName is null || record.Source.Name == query.SourceName)
        && (query.Line is not { } line || record.Source.Line == line)
        && (query.Scope is null || record.Scope == query.Scope)
        && (query.Flag is null || record.Flags.Contains(query.Flag))
        && (query.Text is null || Contains(record.Party, query.Text) || Contains(record.Account, query.Text) || Contains(record.Description, query.Text) || Contains(record.SourceId, query.Text));

    private static bool Contains(string? value, string text)
    {
        for (int start = 0; value is not null && start + text.Length <= value.Length; start++)
        {
            if (EqualsIgnoringAsciiCase(value.AsSpan(start, text.Length), text))
            {
                return true;
            }
        }

        return false;
    }

    // Ascii.EqualsIgnoreCase refuses letters beyond ASCII; those match exactly.
    private static bool EqualsIgnoringAsciiCase(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        for (int i = 0; i < left.Length; i++)
        {
            if (left[i] != right[i] && (!char.IsAsciiLetter(left[i]) || (left[i] | 0x20) != (right[i] | 0x20)))
            {
                return false;
            }
        }

        return true;
    }
}
