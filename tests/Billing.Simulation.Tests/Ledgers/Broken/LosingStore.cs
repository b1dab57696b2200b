namespace Billing.Simulation.Tests.Ledgers.Broken;

/// <summary>Loses a row after it has said that it is stored: every tenth.</summary>
internal sealed class LosingStore(IMigratableStore inner) : BrokenStore(inner)
{
    private int _rows;

    protected override async ValueTask<IReadOnlyList<WriteOutcome>> BreakAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        WriteOutcome[] outcomes = new WriteOutcome[records.Count];
        for (int i = 0; i < outcomes.Length; i++)
        {
            bool isLost = await Inner.FindAsync(records[i].Key, cancellationToken) is null && ++_rows % 10 == 0;
            outcomes[i] = isLost ? WriteOutcome.Stored : (await Inner.WriteAsync([records[i]], cancellationToken))[0];
        }

        return outcomes;
    }
}
