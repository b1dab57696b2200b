using System.Globalization;

namespace Billing.Reports;

/// <summary>What an alert says of a record: who reads it may have no access to the store.</summary>
internal static class AlertMessage
{
    public static string Of(BillingRecord record, string rule) => AlertText.Of(
        ("Rule", rule),
        ("Description", record.Description),
        ("Amount", record.Amount.ToString()),
        ("Reporting amount", record.Amount != record.ReportingAmount ? record.ReportingAmount.ToString() : null),
        ("Date", record.Date.ToString("O", CultureInfo.InvariantCulture)),
        ("Party", record.Party),
        ("Account", record.Account),
        ("Category", record.Category),
        ("Flags", string.Join(", ", record.Flags)),
        ("Id", record.SourceId ?? record.Key.ToString()),
        ("Source", record.Source.ToString()));
}
