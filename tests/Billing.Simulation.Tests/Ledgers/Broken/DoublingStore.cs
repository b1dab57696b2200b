namespace Billing.Simulation.Tests.Ledgers.Broken;

/// <summary>Stores every tenth row twice.</summary>
internal sealed class DoublingStore(IMigratableStore inner) : BrokenStore(inner)
{
    private int _rows;

    protected override async ValueTask<IReadOnlyList<WriteOutcome>> BreakAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        IReadOnlyList<WriteOutcome> outcomes = await Inner.WriteAsync(records, cancellationToken);
        for (int i = 0; i < outcomes.Count; i++)
        {
            if (outcomes[i].Kind == WriteOutcomeKind.Stored && ++_rows % 10 == 0)
            {
                await Inner.WriteAsync([Copy(records[i], Other(records[i].Key), records[i])], cancellationToken);
            }
        }

        return outcomes;
    }
}
