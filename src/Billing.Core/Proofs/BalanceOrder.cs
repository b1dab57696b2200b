namespace Billing.Proofs;

/// <summary>Running balances under the assumption that rows come in one order.</summary>
internal sealed class BalanceOrder
{
    private ExactSum _expected;

    /// <summary>The first balance that does not come out; null if all do.</summary>
    public StatedFigure? Break { get; private set; }

    /// <summary>The number of balances that came out.</summary>
    public long Held { get; private set; }

    /// <summary>Changes the balance that is expected next.</summary>
    public void Move(ExactSum amount) => _expected += amount;

    /// <summary>Compares a balance. The next ones are compared with it, right or wrong: one wrong balance is one break.</summary>
    public void Meet(StatedFigure balance, bool isFirst)
    {
        if (!isFirst && balance.Stated != _expected)
        {
            Break ??= balance with { Found = _expected };
        }
        else if (!isFirst)
        {
            Held++;
        }

        _expected = balance.Stated;
    }
}
