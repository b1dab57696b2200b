namespace Billing.Proofs;

/// <summary>What the running balances of one currency come to.</summary>
internal sealed class BalanceFinding
{
    /// <summary>The last balance, or the first that does not come out.</summary>
    public required StatedFigure Figure { get; init; }

    /// <summary>What the account held before the oldest row.</summary>
    public required ExactSum Opening { get; init; }

    /// <summary>What the account held after the newest row.</summary>
    public required ExactSum Closing { get; init; }

    /// <summary>Whether all balances come out.</summary>
    public required bool Holds { get; init; }
}
