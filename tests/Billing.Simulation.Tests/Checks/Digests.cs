using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Billing.Simulation.Tests.Checks;

/// <summary>What makes two ledgers the same.</summary>
internal static class Digests
{
    /// <summary>What a record says, however and from wherever it came.</summary>
    public static string Of(BillingRecord record) => string.Create(
        CultureInfo.InvariantCulture,
        $"{record.Key} {record.Fingerprint} {record.Occurrence} {record.Scope} {record.Date:O} {record.Amount.Amount / 1.0000000000000000000000000000m} {record.Amount.Currency} {record.ReportingAmount.Amount / 1.0000000000000000000000000000m} {record.ReportingAmount.Currency} {record.ExchangeRate?.Value} {record.Category} {string.Join('+', record.Flags)}");

    /// <summary>The SHA-256 over all records, runs and quarantined rows, without the ids of runs and the times.</summary>
    public static async Task<string> OfAsync(IBillingStore ledger)
    {
        StringBuilder text = new();
        await foreach (BillingRecord record in ledger.QueryAllAsync(new RecordQuery()))
        {
            text.AppendLine(Of(record)).Append(record.Source).AppendLine();
        }

        await foreach (QuarantinedRecord row in ledger.GetAllQuarantineAsync(new QuarantineQuery { IncludeResolved = true }))
        {
            text.Append(row.Key).Append(' ').Append(row).Append(row.IsOpen).AppendLine(row.Dismissal);
        }

        List<string> runs = [];
        await foreach (IngestReport run in ledger.GetAllRunsAsync())
        {
            runs.Add($"{run.Source} {run.Status} {run.Stored} {run.Duplicate} {run.Conflict} {run.Quarantined} {run.KnownFrom is not null}");
        }

        text.AppendJoin('\n', runs.Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
