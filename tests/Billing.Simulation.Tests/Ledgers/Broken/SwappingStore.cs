namespace Billing.Simulation.Tests.Ledgers.Broken;

/// <summary>Swaps the amounts of two neighbours in a batch of five or more: all totals stay right.</summary>
internal sealed class SwappingStore(IMigratableStore inner) : BrokenStore(inner)
{
    private const int Fewest = 5;

    protected override ValueTask<IReadOnlyList<WriteOutcome>> BreakAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        List<BillingRecord> written = [.. records];
        if (written.Count >= Fewest)
        {
            (written[3], written[4]) = (Copy(written[3], written[3].Key, written[4]), Copy(written[4], written[4].Key, written[3]));
        }

        return Inner.WriteAsync(written, cancellationToken);
    }
}
