namespace Billing.Proofs;

/// <summary>
/// The running balance of one currency, row by row, in the order of the source: oldest row first, or newest first. Rows may have no balance; the
/// next one that has one then stands for them too.
/// </summary>
internal sealed class BalanceChain
{
    private readonly BalanceOrder _oldestFirst = new();
    private readonly BalanceOrder _newestFirst = new();
    private ExactSum _last;
    private ExactSum _firstBalance;
    private ExactSum _sumToFirst;
    private ExactSum _firstAmount;
    private ExactSum _lastBalance;
    private ExactSum _lastAmount;
    private ExactSum _sumAfterLast;
    private long _balances;
    private StatedFigure? _latest;

    /// <summary>Whether a row of the currency has a balance.</summary>
    public bool IsBegun => _balances > 0;

    /// <summary>Adds the next row.</summary>
    /// <param name="balance">What the account held after the row, as the figure that is compared; null if the row does not say.</param>
    public void Add(ExactSum amount, StatedFigure? balance)
    {
        if (IsBegun)
        {
            _oldestFirst.Move(amount);
            _newestFirst.Move(ExactSum.Zero - _last);
            _sumAfterLast += amount;
        }
        else
        {
            _sumToFirst += amount;
        }

        _last = amount;
        if (balance is null)
        {
            return;
        }

        if (!IsBegun)
        {
            _firstBalance = balance.Stated;
            _firstAmount = amount;
        }

        _oldestFirst.Meet(balance, isFirst: !IsBegun);
        _newestFirst.Meet(balance, isFirst: !IsBegun);
        _balances++;
        _latest = balance;
        _lastBalance = balance.Stated;
        _lastAmount = amount;
        _sumAfterLast = ExactSum.Zero;
    }

    /// <summary>Returns what the balances come to. Of two orders that both hold, the one that agrees with what is stated elsewhere, or with the dates.</summary>
    /// <param name="agrees">Whether the opening and the closing balance are those that are stated elsewhere.</param>
    /// <param name="isNewestFirst">Whether the first row of the source is later than its last.</param>
    public BalanceFinding Find(Func<BalanceFinding, bool> agrees, bool isNewestFirst)
    {
        BalanceFinding ascending = new()
        {
            Figure = Figure(_oldestFirst),
            Opening = _firstBalance - _sumToFirst,
            Closing = _lastBalance + _sumAfterLast,
            Holds = _oldestFirst.Break is null,
        };
        BalanceFinding descending = new()
        {
            Figure = Figure(_newestFirst),
            Opening = _lastBalance - _lastAmount - _sumAfterLast,
            Closing = _firstBalance + _sumToFirst - _firstAmount,
            Holds = _newestFirst.Break is null,
        };
        if (ascending.Holds != descending.Holds)
        {
            return ascending.Holds ? ascending : descending;
        }

        bool preferDescending = ascending.Holds ? agrees(descending) != agrees(ascending) ? agrees(descending) : isNewestFirst
            : _oldestFirst.Held != _newestFirst.Held ? _newestFirst.Held > _oldestFirst.Held
            : isNewestFirst;
        return preferDescending ? descending : ascending;
    }

    // One balance alone is compared with nothing.
    private StatedFigure Figure(BalanceOrder order) => order.Break ?? (_balances > 1 ? _latest! with { Found = _latest!.Stated } : _latest!);
}
