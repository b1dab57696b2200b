using System.Globalization;
using Billing.Web.Export;

namespace Billing.Web.Records;

/// <summary>Records as a table.</summary>
internal static class RecordSheet
{
    public static IReadOnlyList<ExportColumn<BillingRecord>> Columns { get; } =
    [
        ExportColumn<BillingRecord>.Text("Date", record => record.Date.ToString("O", CultureInfo.InvariantCulture)),
        ExportColumn<BillingRecord>.Text("Party", record => record.Party),
        ExportColumn<BillingRecord>.Text("Description", record => record.Description),
        ExportColumn<BillingRecord>.Text("Category", record => record.Category),
        ExportColumn<BillingRecord>.Number("Amount", record => record.Amount.Amount),
        ExportColumn<BillingRecord>.Text("Currency", record => record.Amount.Currency.Code),
        ExportColumn<BillingRecord>.Number("Reporting amount", record => record.ReportingAmount.Amount),
        ExportColumn<BillingRecord>.Text("Reporting currency", record => record.ReportingAmount.Currency.Code),
        ExportColumn<BillingRecord>.Text("Rate", record => record.ExchangeRate?.ToString()),
        ExportColumn<BillingRecord>.Text("Account", record => record.Account),
        ExportColumn<BillingRecord>.Text("Flags", record => string.Join(", ", record.Flags)),
        ExportColumn<BillingRecord>.Text("Id", record => record.SourceId),
        ExportColumn<BillingRecord>.Text("Source", record => record.Source.ToString()),
        ExportColumn<BillingRecord>.Text("Run", record => record.RunId),
        ExportColumn<BillingRecord>.Text("Key", record => record.Key.ToString()),
    ];
}
