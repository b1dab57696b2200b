namespace Billing.Console.Csv;

/// <summary>Quarantined rows as CSV.</summary>
internal static class QuarantineCsv
{
    public static CsvColumns<QuarantinedRecord> Columns { get; } = new(
        ["key", "source", "line", "byte_offset", "run_id", "scope", "reason", "detail", "amount", "currency", "format", "raw", "raw_length", "resolved_by_run_id", "dismissed", "posted_as", "superseded_by_run_id"],
        csv => record => Write(csv, record));

    private static void Write(CsvFile csv, QuarantinedRecord record)
    {
        csv.WriteExact(record.Key.ToString());
        csv.WriteText(record.Source.Name);
        csv.WriteNumber(record.Source.Line);
        csv.WriteNumber(record.Source.ByteOffset);
        csv.WriteText(record.RunId);
        csv.WriteText(record.Scope);
        csv.WriteText(record.Reason);
        csv.WriteText(record.Detail);
        csv.WriteAmount(record.Amount);
        csv.WriteText(record.CurrencyCode);
        csv.WriteExact(record.Format == SourceFormat.Json ? "json" : "csv");
        csv.WriteText(record.RawText);
        csv.WriteNumber(record.RawLength);
        csv.WriteText(record.ResolvedByRunId);
        csv.WriteText(record.Dismissal);
        csv.WriteText(record.PostedAs?.ToString());
        csv.WriteText(record.SupersededByRunId);
        csv.EndRow();
    }
}
