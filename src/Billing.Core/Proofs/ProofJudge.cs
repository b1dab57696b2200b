using System.Globalization;

namespace Billing.Proofs;

/// <summary>Compares what is stated of a source with what its rows come to.</summary>
internal sealed class ProofJudge
{
    private readonly ProofTally _tally;
    private readonly ControlTotals _found;
    private readonly List<StatedFigure> _figures = [];
    private readonly List<string> _problems = [];
    private readonly Dictionary<string, BalanceFinding> _balances = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ExactSum> _openings = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ExactSum> _closings = new(StringComparer.Ordinal);

    private ProofJudge(ProofTally tally)
    {
        _tally = tally;
        _found = tally.Totals;
    }

    /// <summary>Returns the proof.</summary>
    /// <param name="tally">What the rows come to.</param>
    /// <param name="stated">The figures that are stated by the caller and by the source, without running balances.</param>
    /// <param name="problems">Why figures of the source cannot be read.</param>
    public static IngestProof Judge(ProofTally tally, IEnumerable<StatedFigure> stated, IEnumerable<string> problems)
    {
        ProofJudge judge = new(tally);
        judge._problems.AddRange(problems);
        judge.Judge([.. stated]);
        return judge.Proof();
    }

    private void Judge(StatedFigure[] stated)
    {
        StatedFigure[] figures = InCurrencies(stated);
        foreach ((string code, BalanceChain chain) in _tally.Chains.Where(pair => pair.Value.IsBegun))
        {
            _balances[code] = chain.Find(finding => Agrees(finding, code, figures), _tally.IsNewestFirst);
        }

        foreach (StatedFigure figure in figures.OrderBy(figure => figure.Kind))
        {
            _figures.Add(figure with { Found = FoundFor(figure, figures) });
        }

        _figures.AddRange(_balances.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.Figure));
        FindBalances(figures);
        if (_figures.Exists(figure => figure.Kind != StatedFigureKind.Rows))
        {
            DemandMoney();
        }
    }

    // A figure without a currency is in the only one that there is.
    private StatedFigure[] InCurrencies(StatedFigure[] stated)
    {
        string[] codes = [.. _found.Money.Keys.Concat(_tally.Chains.Keys).Concat(stated.Select(figure => figure.Currency).Where(code => code.Length > 0)).Distinct(StringComparer.Ordinal)];
        if (codes is [var only])
        {
            return [.. stated.Select(figure => IsBare(figure) ? figure with { Currency = only } : figure)];
        }

        if (codes.Length == 0 || codes.Contains("") || !stated.Any(IsBare))
        {
            return stated;
        }

        _problems.AddRange(stated.Where(IsBare).Select(bare => $"{bare} names no currency, and there are several ({string.Join(", ", codes)}): state each with its currency"));
        _figures.AddRange(stated.Where(IsBare));
        return [.. stated.Where(figure => !IsBare(figure))];
    }

    private static bool IsBare(StatedFigure figure) => figure.Kind != StatedFigureKind.Rows && figure.Currency.Length == 0;

    private static bool Agrees(BalanceFinding finding, string code, StatedFigure[] figures) => Array.TrueForAll(
        figures,
        figure => figure.Currency != code
            || (figure.Kind != StatedFigureKind.Opening || figure.Stated == finding.Opening)
            && (figure.Kind != StatedFigureKind.Closing || figure.Stated == finding.Closing));

    private ExactSum? FoundFor(StatedFigure figure, StatedFigure[] figures)
    {
        BalanceFinding? balances = _balances.GetValueOrDefault(figure.Currency) is { Holds: true } holds ? holds : null;
        return figure.Kind switch
        {
            StatedFigureKind.Rows => ExactSum.From(_found.Rows),
            StatedFigureKind.Total => _found[figure.Currency],
            StatedFigureKind.Opening => balances?.Opening,
            _ when First(figures, StatedFigureKind.Opening, figure.Currency) is { } opening => opening.Stated + _found[figure.Currency],
            _ => balances?.Closing,
        };
    }

    private static StatedFigure? First(StatedFigure[] figures, StatedFigureKind kind, string code) =>
        Array.Find(figures, figure => figure.Kind == kind && figure.Currency == code);

    // What the next statement is compared with: as stated, or else as the rows give it.
    private void FindBalances(StatedFigure[] figures)
    {
        foreach (string code in figures.Where(figure => figure.Kind is StatedFigureKind.Opening or StatedFigureKind.Closing).Select(figure => figure.Currency).Concat(_balances.Keys).Distinct())
        {
            ExactSum? opening = First(figures, StatedFigureKind.Opening, code)?.Stated;
            ExactSum? closing = First(figures, StatedFigureKind.Closing, code)?.Stated;
            opening ??= closing is { } end ? end - _found[code] : _balances[code].Opening;
            closing ??= opening + _found[code];
            _openings[code] = opening.Value;
            _closings[code] = closing.Value;
        }
    }

    private void DemandMoney()
    {
        if (_tally.Unreadable > 0)
        {
            string lines = string.Join(", ", _tally.UnreadableLines.Select(line => line.ToString(CultureInfo.InvariantCulture)));
            string more = _tally.Unreadable > _tally.UnreadableLines.Count ? ", ..." : "";
            _problems.Add(_tally.Unreadable == 1
                ? $"1 row has no amount that can be read (line {lines}), so the money that is stated cannot come out for certain"
                : string.Create(CultureInfo.InvariantCulture, $"{_tally.Unreadable} rows have no amount that can be read (lines {lines}{more}), so the money that is stated cannot come out for certain"));
        }

        _problems.AddRange(_tally.BalanceFaults);
        HashSet<string> stated = [.. _figures.Where(figure => figure.Found is not null && figure.Kind != StatedFigureKind.Rows).Select(figure => figure.Currency), .. _balances.Keys];
        if (stated.Count == 0)
        {
            return;
        }

        foreach ((string code, ExactSum sum) in _found.Money.Where(pair => !pair.Value.IsZero && !stated.Contains(pair.Key)))
        {
            _problems.Add($"{(code.Length == 0 ? "rows without a currency" : code)}: nothing is stated, found {sum}");
        }
    }

    private IngestProof Proof() => new()
    {
        Outcome = _problems.Count > 0 || _figures.Exists(figure => figure.IsContradicted) ? ProofOutcome.Contradicted
            : _figures.Exists(figure => figure.Found is not null) ? ProofOutcome.Proved
            : ProofOutcome.Unproved,
        Figures = _figures,
        Problems = _problems,
        Openings = _openings,
        Closings = _closings,
        FirstDate = _tally.FirstDate,
        LastDate = _tally.LastDate,
    };
}
