using Billing.Reports;

namespace Billing.Amendments;

/// <summary>Adds up what an entry changes.</summary>
internal sealed class EntryTally
{
    private readonly TotalsAccumulator _out = new();
    private readonly TotalsAccumulator _in = new();
    private readonly TotalsAccumulator _before = new();
    private readonly TotalsAccumulator _after = new();
    private readonly HashSet<RecordKey> _keys = [];
    private long _changed;

    /// <summary>The keys of the records that it changes.</summary>
    public IReadOnlyCollection<RecordKey> Keys => _keys;

    public void Add(BillingRecord? from, BillingRecord? to)
    {
        _keys.Add((from ?? to)!.Key);
        if (to is null)
        {
            Add(_out, from!.Amount);
        }
        else if (from is null)
        {
            Add(_in, to.Amount);
        }
        else
        {
            _changed++;
        }

        if (from is not null)
        {
            Add(_before, from.ReportingAmount);
        }

        if (to is not null)
        {
            Add(_after, to.ReportingAmount);
        }
    }

    /// <summary>The entry, with what was added up.</summary>
    public LedgerEntry On(LedgerEntry entry) => entry with
    {
        TakenOut = _out.ToControlTotals(),
        PutBack = _in.ToControlTotals(),
        Changed = _changed,
        Difference = _after.ToControlTotals() - _before.ToControlTotals(),
    };

    private static void Add(TotalsAccumulator totals, Money money) => totals.AddRow(money.Currency.Code, money.Amount);
}
