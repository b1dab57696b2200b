using Billing.Console.Views;

namespace Billing.Console.Reports;

/// <summary>Entries and changes in words.</summary>
internal static class EntryText
{
    /// <summary>The kind, as documents have it.</summary>
    public static string Kind(LedgerEntry entry) => entry.Kind.ToString().ToLowerInvariant();

    /// <summary>The entry, and what it takes back.</summary>
    public static string Of(LedgerEntry entry) => entry.Of is null ? $"{Numbered(entry)} {entry.Id}" : $"{Numbered(entry)} {entry.Id} of {entry.Of}";

    /// <summary>The kind, with its number if it has one.</summary>
    public static string Numbered(LedgerEntry entry) => entry.Month is { } month
        ? $"{Kind(entry)} of {month}{(entry.Number > 0 ? $", restatement {Figures.Count(entry.Number)}" : "")}"
        : entry.Number > 0 ? $"{Kind(entry)} {Figures.Count(entry.Number)}" : Kind(entry);

    /// <summary>What a change did to its record.</summary>
    public static string Of(RecordChange change) => change switch
    {
        { From: null } => "put back",
        { To: null } => "taken out",
        _ => "changed",
    };
}
