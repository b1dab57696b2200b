namespace Billing.Console.Reports;

/// <summary>Adds up records and their amounts, exactly.</summary>
internal sealed class CopyTotals
{
    private readonly Dictionary<string, ExactSum> _money = new(StringComparer.Ordinal);
    private long _rows;

    public void Add(Money amount)
    {
        _rows++;
        _money[amount.Currency.Code] = _money.GetValueOrDefault(amount.Currency.Code) + ExactSum.From(amount.Amount);
    }

    public ControlTotals ToControlTotals() => new(_rows, _money);
}
