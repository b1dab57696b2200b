using System.Runtime.CompilerServices;

namespace Billing.Console.Reports;

/// <summary>What a verification finds, counted while it is read.</summary>
internal sealed class VerifyResult(string store, string? against, StoreVerification verification, StoreComparison? comparison, LedgerSeals seals, LedgerHead? last, IReadOnlyList<LedgerHead> heads)
{
    private readonly List<StoreFault> _notSealed = [];

    public string Store => store;

    /// <summary>The store that it is compared with, or null.</summary>
    public string? Against => against;

    public StoreVerification Verification => verification;

    public StoreComparison? Comparison => comparison;

    /// <summary>The head of the store, or null if nothing is sealed.</summary>
    public LedgerHead? Last => last;

    /// <summary>The head that the seals must lead to: the newest of those that were kept; null if none is given.</summary>
    public LedgerHead? Head => heads.MaxBy(head => head.Number);

    /// <summary>What is not sealed yet. It contradicts nothing.</summary>
    public IReadOnlyList<StoreFault> NotSealed => _notSealed;

    public long Faults { get; private set; }

    public long Differences { get; private set; }

    public bool IsGood => Faults + Differences == 0;

    public async IAsyncEnumerable<StoreFault> FaultsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (StoreFault fault in verification.FindFaultsAsync(cancellationToken))
        {
            Faults++;
            yield return fault;
        }

        await foreach (StoreFault fault in seals.VerifyAsync(heads, cancellationToken))
        {
            if (fault.Kind == StoreFaultKind.NotSealed)
            {
                _notSealed.Add(fault);
            }
            else
            {
                Faults++;
                yield return fault;
            }
        }
    }

    /// <summary>None where there is nothing to compare with.</summary>
    public async IAsyncEnumerable<StoreDifference> DifferencesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (comparison is null)
        {
            yield break;
        }

        await foreach (StoreDifference difference in comparison.FindDifferencesAsync(cancellationToken))
        {
            Differences++;
            yield return difference;
        }
    }
}
