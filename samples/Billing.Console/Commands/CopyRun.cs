using Billing.Console.Reports;

namespace Billing.Console.Commands;

/// <summary>
/// Copies a store: quarantine, then records, then runs, so that a run that is there has its records. The target decides each record by
/// its key, so that running it again goes on where it ended. At last both are read side by side, for what only the target has.
/// </summary>
internal sealed class CopyRun(IBillingStore from, IBillingSink to, CopyStatement statement)
{
    private const int LargestPage = 5_000;
    private const int SmallestPage = 10;
    private const long MostBytes = 8 << 20;

    /// <summary>Copies; what ends it early stands in the statement.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CopyQuarantineAsync(cancellationToken);
            await CopyRecordsAsync(cancellationToken);
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

    private Task CopyQuarantineAsync(CancellationToken cancellationToken) => ForEachPageAsync(
        (size, token) => from.GetQuarantineAsync(new QuarantineQuery { PageSize = size, MostBytes = MostBytes, ContinuationToken = token, IncludeResolved = true }, cancellationToken),
        async rows =>
        {
            await to.WriteQuarantineAsync(rows, cancellationToken);
            foreach (IGrouping<string, QuarantinedRecord> resolved in rows.Where(row => !row.IsOpen).GroupBy(row => row.Resolution!, StringComparer.Ordinal))
            {
                await ((IBillingStore)to).ResolveQuarantineAsync([.. resolved.Select(row => row.Key)], resolved.Key, cancellationToken);
            }

            statement.Quarantined += rows.Count;
        });

    private Task CopyRecordsAsync(CancellationToken cancellationToken) => ForEachPageAsync(
        (size, token) => from.QueryAsync(new RecordQuery { PageSize = size, MostBytes = MostBytes, ContinuationToken = token }, cancellationToken),
        async records =>
        {
            // Read is counted before the target has its say: what it loses does not balance.
            statement.Count(records);
            IReadOnlyList<WriteOutcome> outcomes = await to.WriteAsync(records, cancellationToken);
            statement.Count(records, outcomes);
        });

    private Task CopyRunsAsync(CancellationToken cancellationToken) => ForEachPageAsync(
        (size, token) => from.GetRunsAsync(new PageRequest { PageSize = size, MostBytes = MostBytes, ContinuationToken = token }, cancellationToken),
        async runs =>
        {
            foreach (IngestReport run in runs)
            {
                await to.WriteRunAsync(run, cancellationToken);
                statement.Runs++;
            }
        });

    private async Task FindDeletionsAsync(CancellationToken cancellationToken)
    {
        await foreach (StoreDifference difference in new StoreComparison(from, (IBillingStore)to).FindDifferencesAsync(cancellationToken))
        {
            if (difference.Kind == StoreDifferenceKind.OnlyInOther)
            {
                statement.Delete(difference);
            }
        }
    }

    private static async Task ForEachPageAsync<T>(Func<int, string?, ValueTask<Page<T>>> getPage, Func<IReadOnlyList<T>, Task> handle)
    {
        string? token = null;
        int size = LargestPage;
        do
        {
            Page<T> page = await getPage(size, token);
            size = Math.Clamp(page.Items.Count * 2, SmallestPage, LargestPage);
            if (page.Items.Count > 0)
            {
                await handle(page.Items);
            }

            token = page.ContinuationToken;
        }
        while (token is not null);
    }
}
