namespace Billing.Proofs;

/// <summary>
/// The statements of one scope and currency, in any order of arrival. By date, each must begin with what the one before it ends with. Statements whose dates
/// overlap do not follow each other, and nothing is missing between them.
/// </summary>
internal sealed class StatementChain
{
    private readonly AccountStatement[] _byFirst;
    private readonly DateOnly[] _latestLast;
    private readonly ILookup<DateOnly, AccountStatement> _endings;
    private readonly ILookup<DateOnly, AccountStatement> _beginnings;
    private readonly DateOnly[] _ends;
    private readonly DateOnly[] _begins;

    /// <param name="statements">The statements. Of several deliveries of one, the first counts.</param>
    public StatementChain(IEnumerable<AccountStatement> statements)
    {
        _byFirst = [.. statements
            .DistinctBy(statement => (statement.First, statement.Last, statement.Opening, statement.Closing))
            .OrderBy(statement => statement.First)
            .ThenBy(statement => statement.Last)
            .ThenBy(statement => statement.RunId, StringComparer.Ordinal)];
        _latestLast = [.. _byFirst.Select(statement => statement.Last)];
        for (int i = 1; i < _latestLast.Length; i++)
        {
            _latestLast[i] = _latestLast[i] > _latestLast[i - 1] ? _latestLast[i] : _latestLast[i - 1];
        }

        _endings = _byFirst.ToLookup(statement => statement.Last);
        _beginnings = _byFirst.ToLookup(statement => statement.First);
        _ends = [.. _endings.Select(ending => ending.Key).Order()];
        _begins = [.. _beginnings.Select(beginning => beginning.Key).Order()];
    }

    /// <summary>Every gap, by date.</summary>
    public IEnumerable<StatementGap> Gaps() => _byFirst.Select(GapBefore).OfType<StatementGap>();

    /// <summary>The gap before a statement, in the chain or not; null if there is none.</summary>
    public StatementGap? GapBefore(AccountStatement statement)
    {
        int before = CountBefore(_ends, statement.First) - 1;
        return before < 0 || IsWithinAnother(statement.First) || _endings[statement.First].Any(other => !other.IsSame(statement) && other.Closing == statement.Opening)
            ? null
            : Between(_endings[_ends[before]], [statement]);
    }

    /// <summary>The gap after a statement, in the chain or not; null if there is none.</summary>
    public StatementGap? GapAfter(AccountStatement statement)
    {
        int after = CountBefore(_begins, statement.Last.AddDays(1));
        return after == _begins.Length || IsWithinAnother(statement.Last) || _beginnings[statement.Last].Any(other => !other.IsSame(statement) && other.Opening == statement.Closing)
            ? null
            : Between([statement], _beginnings[_begins[after]]);
    }

    // Of several that end or begin on one day, one that fits is enough.
    private static StatementGap? Between(IEnumerable<AccountStatement> before, IEnumerable<AccountStatement> after)
    {
        (AccountStatement ending, AccountStatement beginning) = (before.First(), after.First());
        return before.Any(one => after.Any(other => one.Closing == other.Opening)) ? null : new StatementGap
        {
            Scope = ending.Scope,
            Currency = ending.Currency,
            Before = ending.Source,
            BeforeRunId = ending.RunId,
            LastDate = ending.Last,
            Closing = ending.Closing,
            After = beginning.Source,
            AfterRunId = beginning.RunId,
            FirstDate = beginning.First,
            Opening = beginning.Opening,
        };
    }

    private static int CountBefore(DateOnly[] dates, DateOnly date)
    {
        int found = Array.BinarySearch(dates, date);
        return found < 0 ? ~found : found;
    }

    // Whether a statement began before a day and ended after it.
    private bool IsWithinAnother(DateOnly day)
    {
        int low = 0;
        int high = _byFirst.Length;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            (low, high) = _byFirst[middle].First < day ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && _latestLast[low - 1] > day;
    }
}
