using Billing.Storage;

namespace Billing.Console.Csv;

/// <summary>Records as CSV: one line each, attributes as the JSON object that <c>--json</c> has.</summary>
internal static class RecordCsv
{
    // What tells where a record comes from stands behind what it says.
    private static readonly RecordField[] s_last =
    [
        RecordFields.SourceId, RecordFields.Scope, RecordFields.Occurrence, RecordFields.Source, RecordFields.RunId, RecordFields.Fingerprint, RecordFields.Attributes,
    ];

    private static readonly RecordField[] s_order = [.. RecordFields.All.Except(s_last), .. s_last];

    public static CsvColumns<BillingRecord> Columns { get; } = new([.. s_order.SelectMany(RecordCsvFields.ColumnsOf)], csv => new RecordCsvFields(csv, s_order).Write);
}
