using Billing.Simulation.Tests.Runs;
using Billing.Simulation.Tests.Schedules;

namespace Billing.Simulation.Tests.Checks;

/// <summary>What must hold when a run has ended.</summary>
internal static class RunChecks
{
    /// <summary>A completed run balances, reports what the ledger holds of it, and has read what its source says.</summary>
    /// <param name="delivery">The source; null for a replay.</param>
    public static async Task CompletedAsync(IBillingStore ledger, IngestReport report, ScheduledDelivery? delivery, bool lateRates)
    {
        ViolationException.ThrowUnless(report.Status == RunStatus.Completed, $"The run is {report.Status}, although no exception came.");
        ViolationException.ThrowUnless(report.IsBalanced, $"The run does not balance:\n{report}");
        BillingRecord[] stored = await StoredAsync(ledger, report);
        ViolationException.ThrowUnless(
            Totals.Billed(stored).Equals(report.Stored) && Totals.Reporting(stored).Equals(report.StoredInReportingCurrency),
            $"The report says that {report.Stored} were stored ({report.StoredInReportingCurrency}), but the ledger has {Totals.Billed(stored)} ({Totals.Reporting(stored)}) of the run.");
        ViolationException.ThrowUnless(await ledger.FindRunAsync(report.RunId) is { Status: RunStatus.Completed } kept && kept.Read.Equals(report.Read), "The ledger has no such completed run.");
        if (delivery is null)
        {
            return;
        }

        ViolationException.ThrowUnless(report.Read.Rows == delivery.Rows.Count, $"The source has {delivery.Rows.Count} rows, but {report.Read.Rows} were read:\n{report}");
        ControlTotals records = report.Stored + report.Duplicate + report.Conflict;
        ViolationException.ThrowUnless(records.Equals(delivery.Records(lateRates)), $"The records of the source are {delivery.Records(lateRates)}, but the run took {records}:\n{report}");
    }

    /// <summary>A run that ended early has stored what it says, and more only where an answer was lost.</summary>
    public static async Task FailedAsync(IBillingStore ledger, IngestReport report, Fault? fault)
    {
        BillingRecord[] stored = await StoredAsync(ledger, report);
        bool isExact = Totals.Billed(stored).Equals(report.Stored) && Totals.Reporting(stored).Equals(report.StoredInReportingCurrency);
        ViolationException.ThrowUnless(
            isExact || (fault is { IsAmbiguous: true } && stored.Length > report.Stored.Rows),
            $"The run that ended early says that {report.Stored} were stored, but the ledger has {Totals.Billed(stored)} of it.");
        ViolationException.ThrowUnless(report.Status == RunStatus.Failed, $"A run that ended early is {report.Status}.");
    }

    private static async Task<BillingRecord[]> StoredAsync(IBillingStore ledger, IngestReport report) =>
        await ledger.QueryAllAsync(new RecordQuery { RunId = report.RunId }).ToArrayAsync();
}
