using System.Globalization;
using Billing.Web.Contracts;
using Billing.Web.Export;
using Billing.Web.Records;

namespace Billing.Web.Quarantine;

/// <summary>Rows in quarantine as the API gives them.</summary>
internal static class QuarantineListing
{
    public static IReadOnlyList<ExportColumn<QuarantinedRecord>> Columns { get; } =
    [
        ExportColumn<QuarantinedRecord>.Text("Source", row => row.Source.Name),
        ExportColumn<QuarantinedRecord>.Text("Line", row => row.Source.Line.ToString(CultureInfo.InvariantCulture)),
        ExportColumn<QuarantinedRecord>.Text("Reason", row => row.Reason),
        ExportColumn<QuarantinedRecord>.Text("Detail", row => row.Detail),
        ExportColumn<QuarantinedRecord>.Number("Amount", row => row.Amount),
        ExportColumn<QuarantinedRecord>.Text("Currency", row => row.CurrencyCode),
        ExportColumn<QuarantinedRecord>.Text("Text", row => row.RawText),
        ExportColumn<QuarantinedRecord>.Text("Closed by", row => row.Resolution),
        ExportColumn<QuarantinedRecord>.Text("Run", row => row.RunId),
        ExportColumn<QuarantinedRecord>.Text("Key", row => row.Key.ToString()),
    ];

    public static QuarantineItem Of(QuarantinedRecord row) => new()
    {
        Row = row,
        Remedy = Remedy.Of(row.Reason),
        IsMendable = row.IsOpen && row.Reason is not (QuarantineReason.Pending or QuarantineReason.UnreadableSource) && row.RawLength <= row.Raw.Length,
    };

    public static QuarantineQuery Read(QueryReader reader) => new()
    {
        RunId = reader.Text("run"),
        SourceName = reader.Text("source"),
        Reason = reader.Text("reason"),
        IncludeResolved = reader.Flag("resolved"),
    };
}
