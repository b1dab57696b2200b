namespace Billing.Proofs;

/// <summary>What one run proved of one account in one currency: its balances, and the dates of its rows.</summary>
internal sealed record AccountStatement(string? Scope, string Currency, DateOnly First, DateOnly Last, ExactSum Opening, ExactSum Closing, string Source, string RunId)
{
    /// <summary>The statements of a run, one for each currency. A run without balances has none, nor one without rows: it says nothing about when.</summary>
    public static IEnumerable<AccountStatement> Of(IngestReport run) =>
        run.RevertedBy is null && run.Proof is { FirstDate: { } first, LastDate: { } last, Outcome: not ProofOutcome.Contradicted } proof
            ? proof.Openings
                .Where(opening => proof.Closings.ContainsKey(opening.Key))
                .Select(opening => new AccountStatement(run.Scope, opening.Key, first, last, opening.Value, proof.Closings[opening.Key], run.Source, run.RunId))
            : [];

    /// <summary>Whether another run proved the same: another delivery of the same statement.</summary>
    public bool IsSame(AccountStatement other) =>
        First == other.First && Last == other.Last && Opening == other.Opening && Closing == other.Closing;
}
