using System.Runtime.CompilerServices;

namespace Billing.Console.Reports;

/// <summary>What a verification finds, counted while it is read.</summary>
internal sealed class VerifyResult(string store, string? against, StoreVerification verification, StoreComparison? comparison)
{
    public string Store => store;

    /// <summary>The store that it is compared with, or null.</summary>
    public string? Against => against;

    public StoreVerification Verification => verification;

    public StoreComparison? Comparison => comparison;

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
