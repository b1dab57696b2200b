using Billing.Amendments;
using Billing.Reports;

namespace Billing.Stores;

/// <summary>Counts what rules would say of records that have a category.</summary>
internal sealed class RuleTally
{
    private readonly RuleCount[] _requirements;
    private readonly RuleCount[] _others;
    private readonly RuleCount[] _all;
    private readonly TotalsAccumulator _records = new();
    private readonly TotalsAccumulator _unchanged = new();
    private readonly TotalsAccumulator _refused = new();
    private readonly Dictionary<(string From, string To), TotalsAccumulator> _moves = [];

    public RuleTally(IReadOnlyList<CategoryRule> rules)
    {
        _all = [.. rules.Select(rule => new RuleCount(rule))];
        _requirements = [.. _all.Where(count => count.Rule.IsRequirement)];
        _others = [.. _all.Where(count => !count.Rule.IsRequirement)];
    }

    /// <summary>Counts a record.</summary>
    /// <returns>The record as it becomes, or null if it stays: one that a requirement refuses stays too.</returns>
    public BillingRecord? Add(BillingRecord record)
    {
        Add(_records, record);
        if (ErasedText.Is(record))
        {
            // What rules said of it, they said of a text that is gone.
            Add(_unchanged, record);
            return null;
        }

        RuleCount? refusing = First(_requirements, record, holds: false);
        RuleCount? deciding = First(_others, record, holds: true, refusing);
        if (refusing is not null)
        {
            Add(_refused, record);
            return null;
        }

        // A category that no rule gave is that of the source, which stays unless a rule gives another.
        string? category = deciding?.Rule.Category ?? (record.CategoryRule is null ? record.Category : null);
        if (category == record.Category)
        {
            Add(_unchanged, record);
            return null;
        }

        (string, string) move = (record.Category ?? "", category ?? "");
        if (!_moves.TryGetValue(move, out TotalsAccumulator? totals))
        {
            _moves.Add(move, totals = new TotalsAccumulator());
        }

        Add(totals, record);
        return record.Recategorised(category, deciding?.Rule.Name);
    }

    public RuleTrialReport ToReport() => new()
    {
        Records = _records.ToControlTotals(),
        Unchanged = _unchanged.ToControlTotals(),
        Refused = _refused.ToControlTotals(),
        Moves =
        [
            .. _moves
                .OrderBy(move => move.Key.From, StringComparer.Ordinal)
                .ThenBy(move => move.Key.To, StringComparer.Ordinal)
                .Select(move => new CategoryMove(NullIfNone(move.Key.From), NullIfNone(move.Key.To), move.Value.ToControlTotals())),
        ],
        Rules = [.. _all.Select(count => count.ToUse())],
    };

    private static string? NullIfNone(string category) => category.Length == 0 ? null : category;

    private static void Add(TotalsAccumulator totals, BillingRecord record) => totals.AddRow(record.ReportingAmount.Currency.Code, record.ReportingAmount.Amount);

    // Counts every rule that matches, and returns the one that decides. One that raises only flags and alerts does not.
    private static RuleCount? First(RuleCount[] rules, BillingRecord record, bool holds, RuleCount? before = null)
    {
        RuleCount? first = null;
        foreach (RuleCount count in rules)
        {
            if (count.Rule.Holds(record) != holds)
            {
                continue;
            }

            count.Matches++;
            if (!count.Decides)
            {
                continue;
            }

            if ((before ?? first) is { } earlier)
            {
                count.LostTo(earlier);
            }
            else
            {
                count.Decided++;
            }

            first ??= count;
        }

        return first;
    }
}
