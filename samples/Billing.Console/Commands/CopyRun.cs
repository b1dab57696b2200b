using Billing.Console.Reports;

namespace Billing.Console.Commands;

/// <summary>
/// Copies a store: quarantine, then records, then what was changed and why, then runs, so that a run that is there has its records. The target decides each record by
/// its key, so that running it again goes on where it ended. At last both are read side by side, for what only the target has.
/// </summary>
internal sealed class CopyRun(IBillingStore from, IBillingStore to, CopyStatement statement)
{
    private const int PageSize = 5_000;
    private const long MostBytes = 8 << 20;

    /// <summary>Copies; what ends it early stands in the statement.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CopyQuarantineAsync(cancellationToken);
            await CopyRecordsAsync(cancellationToken);
            await CopyHistoryAsync(cancellationToken);
            await CopyRunsAsync(cancellationToken);
            await FindDeletionsAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            statement.EndEarly(ExitCode.Cancelled, "Cancelled. What was copied stays copied. Run the same command again to continue.");
        }
        catch (Exception exception) when (exception is BillingException or System.Data.Common.DbException or IOException or UnauthorizedAccessException)
        {
            statement.EndEarly(ExitCode.Failed, $"{Failure.Of(exception).Message} What was copied stays copied. Run the same command again to continue.");
        }
    }

    private async Task CopyQuarantineAsync(CancellationToken cancellationToken)
    {
        QuarantineQuery all = new() { PageSize = PageSize, MostBytes = MostBytes, IncludeResolved = true };
        await foreach (IReadOnlyList<QuarantinedRecord> rows in from.GetQuarantinePagesAsync(all, cancellationToken))
        {
            await to.WriteQuarantineAsync(rows, cancellationToken);
            foreach (IGrouping<string, QuarantinedRecord> resolved in rows.Where(row => !row.IsOpen).GroupBy(row => row.Resolution!, StringComparer.Ordinal))
            {
                await to.ResolveQuarantineAsync([.. resolved.Select(row => row.Key)], resolved.Key, cancellationToken);
            }

            statement.Quarantined += rows.Count;
        }
    }

    private async Task CopyRecordsAsync(CancellationToken cancellationToken)
    {
        await foreach (IReadOnlyList<BillingRecord> records in from.QueryPagesAsync(new RecordQuery { PageSize = PageSize, MostBytes = MostBytes }, cancellationToken))
        {
            // Read is counted before the target has its say: what it loses does not balance.
            statement.Count(records);
            IReadOnlyList<WriteOutcome> outcomes = await to.WriteAsync(records, cancellationToken);
            statement.Count(records, outcomes);
        }
    }

    private async Task CopyHistoryAsync(CancellationToken cancellationToken)
    {
        // Every store of this command keeps documents.
        IAmendableStore target = (IAmendableStore)to;
        await foreach (LedgerDocument document in from.GetHistoryAsync(cancellationToken))
        {
            await target.PutDocumentAsync(document, cancellationToken);
            statement.Documents++;
        }
    }

    private async Task CopyRunsAsync(CancellationToken cancellationToken)
    {
        await foreach (IReadOnlyList<IngestReport> runs in from.GetRunPagesAsync(new PageRequest { PageSize = PageSize, MostBytes = MostBytes }, cancellationToken))
        {
            foreach (IngestReport run in runs)
            {
                await to.WriteRunAsync(run, cancellationToken);
                statement.Runs++;
            }
        }
    }

    private async Task FindDeletionsAsync(CancellationToken cancellationToken)
    {
        await foreach (StoreDifference difference in new StoreComparison(from, to).FindDifferencesAsync(cancellationToken))
        {
            if (difference.Kind == StoreDifferenceKind.OnlyInOther)
            {
                statement.Delete(difference);
            }
        }
    }
}
