using System.Globalization;
using Billing.Console.Reports;

namespace Billing.Console.Csv;

/// <summary>Entries, and what they changed, as CSV.</summary>
internal static class EntryCsv
{
    public static CsvColumns<LedgerEntry> Columns { get; } = new(
        ["id", "kind", "number", "of", "reason", "started_at", "ended_at", "taken_out_rows", "taken_out", "put_back_rows", "put_back", "changed", "difference", "reverted_by"],
        csv => entry => Write(csv, entry));

    /// <summary>A line for the record before a change, and one for the record after it.</summary>
    public static CsvColumns<RecordChange> Changes { get; } = new(
        ["change", "side", .. RecordCsv.Columns.Names],
        csv =>
        {
            Action<BillingRecord> write = RecordCsv.Columns.WriterOf(csv);
            return change =>
            {
                Write(csv, change, "before", change.From, write);
                Write(csv, change, "after", change.To, write);
            };
        });

    private static void Write(CsvFile csv, RecordChange change, string side, BillingRecord? record, Action<BillingRecord> write)
    {
        if (record is not null)
        {
            csv.WriteExact(EntryText.Of(change).Replace(' ', '_'));
            csv.WriteExact(side);
            write(record);
        }
    }

    private static void Write(CsvFile csv, LedgerEntry entry)
    {
        csv.WriteExact(entry.Id);
        csv.WriteExact(EntryText.Kind(entry));
        csv.WriteNumber(entry.Number);
        csv.WriteText(entry.Of);
        csv.WriteText(entry.Reason);
        csv.WriteExact(Instant(entry.StartedAt));
        csv.WriteExact(Instant(entry.EndedAt));
        csv.WriteNumber(entry.TakenOut.Rows);
        csv.WriteExact(Money(entry.TakenOut));
        csv.WriteNumber(entry.PutBack.Rows);
        csv.WriteExact(Money(entry.PutBack));
        csv.WriteNumber(entry.Changed);
        csv.WriteExact(Money(entry.Difference));
        csv.WriteText(entry.RevertedBy);
        csv.EndRow();
    }

    // Exact, and without grouping: 110.5 EUR; 20 USD.
    private static string Money(ControlTotals totals) => string.Join("; ", totals.Money.Select(sum => $"{sum.Value} {sum.Key}"));

    private static string? Instant(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}
