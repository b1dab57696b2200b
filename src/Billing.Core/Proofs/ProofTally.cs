using System.Globalization;
using Billing.Reports;
using Billing.Rows;

namespace Billing.Proofs;

/// <summary>Counts and adds up the rows of a source as they leave the parser, with all that proofs ask for. Not thread-safe.</summary>
/// <param name="balanceColumn">The column of the running balance; null if the layout names none.</param>
internal sealed class ProofTally(string? balanceColumn)
{
    private const int MostLines = 10;
    private const int MostFaults = 3;

    private readonly UnknownCodes _unknown = new();
    private readonly TotalsAccumulator _totals = new();
    private readonly SortedDictionary<string, BalanceChain> _chains = new(StringComparer.Ordinal);
    private readonly List<long> _unreadable = [];
    private readonly List<string> _faults = [];
    private DateOnly? _lastSeen;
    private DateOnly? _firstSeen;

    /// <summary>Rows, and amounts by currency.</summary>
    public ControlTotals Totals => _totals.ToControlTotals();

    /// <summary>The running balances by currency.</summary>
    public IReadOnlyDictionary<string, BalanceChain> Chains => _chains;

    /// <summary>The number of rows whose amount cannot be read.</summary>
    public long Unreadable { get; private set; }

    /// <summary>The first lines with such rows.</summary>
    public IReadOnlyList<long> UnreadableLines => _unreadable;

    /// <summary>Why balances of rows cannot be read: the first few.</summary>
    public IReadOnlyList<string> BalanceFaults => _faults;

    /// <summary>The earliest date.</summary>
    public DateOnly? FirstDate { get; private set; }

    /// <summary>The latest date.</summary>
    public DateOnly? LastDate { get; private set; }

    /// <summary>Whether the first row with a date is later than the last one.</summary>
    public bool IsNewestFirst => _firstSeen > _lastSeen;

    public void Add(ParsedRow row)
    {
        if (row.Amount is not { } amount)
        {
            _totals.AddRow();
            Unreadable++;
            if (_unreadable.Count < MostLines)
            {
                _unreadable.Add(row.Line);
            }

            return;
        }

        string code = _unknown.NameOf(row.CurrencyCode);
        _totals.AddRow(code, amount);
        AddDate(row);
        AddBalance(row, code, amount);
    }

    private void AddDate(ParsedRow row)
    {
        if (row.Fault is null)
        {
            _firstSeen ??= row.Date;
            _lastSeen = row.Date;
            FirstDate = FirstDate < row.Date ? FirstDate : row.Date;
            LastDate = LastDate > row.Date ? LastDate : row.Date;
        }
    }

    // The source states no balance if its layout names no column for it.
    private void AddBalance(ParsedRow row, string code, decimal amount)
    {
        if (balanceColumn is null)
        {
            return;
        }

        if (row.BalanceFault is { } fault && _faults.Count < MostFaults)
        {
            _faults.Add(string.Create(CultureInfo.InvariantCulture, $"the balance in line {row.Line} cannot be read: {fault.Detail.TrimEnd('.')}"));
        }

        if (!_chains.TryGetValue(code, out BalanceChain? chain))
        {
            _chains.Add(code, chain = new BalanceChain());
        }

        chain.Add(ExactSum.From(amount), row.Balance is { } balance
            ? new StatedFigure { Kind = StatedFigureKind.Balance, Currency = code, Stated = ExactSum.From(balance), By = balanceColumn, Line = row.Line }
            : null);
    }
}
