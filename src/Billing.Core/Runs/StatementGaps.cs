using Billing.Proofs;

namespace Billing.Runs;

/// <summary>Looks for statements that are missing beside that of a run. Looks at the newest runs only: a listing of all gaps reads all of them.</summary>
internal static class StatementGaps
{
    private const int Runs = 1_000;

    /// <summary>The warnings for the report: one for each gap, and one if not all runs were looked at.</summary>
    public static async ValueTask<IReadOnlyList<string>> WarningsAsync(IBillingSink ledger, IngestReport run, CancellationToken cancellationToken)
    {
        AccountStatement[] statements = [.. AccountStatement.Of(run)];
        if (statements.Length == 0 || ledger is not IBillingStore store)
        {
            return [];
        }

        Page<IngestReport> page = await store.GetRunsAsync(new PageRequest { PageSize = Runs }, cancellationToken).ConfigureAwait(false);
        List<AccountStatement> others = [.. page.Items
            .Where(other => other.RunId != run.RunId && other.Scope == run.Scope && other.Status == RunStatus.Completed)
            .SelectMany(AccountStatement.Of)];
        List<string> warnings = [];
        foreach (AccountStatement statement in statements)
        {
            StatementChain chain = new(others.Where(other => other.Currency == statement.Currency));
            warnings.AddRange(((StatementGap?[])[chain.GapBefore(statement), chain.GapAfter(statement)])
                .OfType<StatementGap>()
                .Select(gap => $"{gap}; ingest it, in any order{(run.Scope is null ? ", or give each source the scope of its account if these are of different ones" : "")}"));
        }

        if (page.ContinuationToken is not null && !others.Exists(other => other.Last <= statements[0].First))
        {
            warnings.Add($"no earlier statement is among the newest {Runs} runs, so whether one is missing before this one was not looked at; billing gaps looks at all runs");
        }

        return warnings;
    }
}
