using Billing.Layouts;
using Billing.Rows;
using Billing.Values;

namespace Billing.Drifts;

/// <summary>What a run was like: what later runs of the same kind are compared with. Rows, quarantine and money are those of the whole source, the rest is of a sample.</summary>
internal sealed record RunProfile
{
    private const int MostColumns = 200;
    private const int LongestName = 100;

    public required string RunId { get; init; }

    public required string Source { get; init; }

    /// <summary>The digest of its bytes: the same file counts once.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The day of the run, in UTC.</summary>
    public required DateOnly RunOn { get; init; }

    /// <summary>Whether a person said that it is right: those before it no longer count.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>Whether columns have an order and every row has all of them.</summary>
    public required bool IsCsv { get; init; }

    public IReadOnlyList<ProfileColumn> Columns { get; init; } = [];

    public int Points { get; init; }

    public int Commas { get; init; }

    public required long Rows { get; init; }

    public long Quarantined { get; init; }

    /// <summary>The sum of the amounts by currency code.</summary>
    public IReadOnlyDictionary<string, ExactSum> Money { get; init; } = new Dictionary<string, ExactSum>();

    /// <summary>The median of the amounts without their sign, by currency code, where there are enough.</summary>
    public IReadOnlyDictionary<string, decimal> Sizes { get; init; } = new Dictionary<string, decimal>();

    public long Amounts { get; init; }

    public long Negative { get; init; }

    public long WithDecimals { get; init; }

    public DateOnly? FirstDate { get; init; }

    public DateOnly? LastDate { get; init; }

    public int Months { get; init; }

    public int Days { get; init; }

    /// <summary>The number of records whose category was looked at.</summary>
    public long Categorised { get; init; }

    /// <summary>Those of them without one.</summary>
    public long Uncategorised { get; init; }

    /// <summary>Makes the profile of a run that has read its source to the end.</summary>
    /// <param name="report">Its report.</param>
    /// <param name="isCsv">Whether the source is CSV.</param>
    /// <param name="sample">A sample of its rows.</param>
    /// <param name="categorised">The number of records whose category was looked at.</param>
    /// <param name="uncategorised">Those without one.</param>
    public static RunProfile Of(IngestReport report, bool isCsv, RowSample sample, long categorised, long uncategorised) => new()
    {
        RunId = report.RunId,
        Source = report.Source,
        Sha256 = report.Sha256,
        RunOn = DateOnly.FromDateTime(report.StartedAt.UtcDateTime),
        IsCsv = isCsv,
        Columns = [.. ColumnsOf(sample)],
        Points = sample.Marks.Points,
        Commas = sample.Marks.Commas,
        Rows = report.Read.Rows,
        Quarantined = report.Quarantined.Rows - report.Pending.Rows,
        Money = report.Read.Money,
        Sizes = sample.Sizes.Where(sizes => sizes.Value.Count >= ValueDrift.FewestAmounts).ToDictionary(sizes => sizes.Key, sizes => RobustStatistics.Median(sizes.Value), StringComparer.Ordinal),
        Amounts = sample.Amounts,
        Negative = sample.Negative,
        WithDecimals = sample.WithDecimals,
        FirstDate = sample.FirstDate,
        LastDate = sample.LastDate,
        Months = sample.Months,
        Days = sample.Days,
        Categorised = categorised,
        Uncategorised = uncategorised,
    };

    private static IEnumerable<ProfileColumn> ColumnsOf(RowSample sample)
    {
        if (sample.Columns is not { } columns)
        {
            yield break;
        }

        for (int column = 0; column < Math.Min(columns.Names.Count, MostColumns); column++)
        {
            int place = Array.IndexOf(sample.Used, column);
            string name = columns.Names[column];
            yield return new ProfileColumn(
                name.Length > LongestName ? name[..LongestName] : name,
                [.. RolesOf(columns, column)],
                place < 0 ? 0 : sample.Count(place, ValueShape.Date),
                place < 0 ? 0 : sample.Count(place, ValueShape.Number),
                place < 0 ? 0 : sample.Count(place, ValueShape.Text));
        }
    }

    private static IEnumerable<string> RolesOf(ColumnMap columns, int column)
    {
        (ColumnRole Role, int Column)[] roles =
        [
            (ColumnRole.Date, columns.Date), (ColumnRole.Instant, columns.Instant), (ColumnRole.Amount, columns.Amount), (ColumnRole.Debit, columns.Debit), (ColumnRole.Credit, columns.Credit),
            (ColumnRole.Direction, columns.Direction), (ColumnRole.Fee, columns.Fee), (ColumnRole.Currency, columns.Currency), (ColumnRole.Id, columns.Id), (ColumnRole.Party, columns.Party),
            (ColumnRole.Account, columns.Account), (ColumnRole.Description, columns.Description), (ColumnRole.Scope, columns.Scope), (ColumnRole.Category, columns.Category), (ColumnRole.Balance, columns.Balance),
            (ColumnRole.Status, columns.Status),
        ];
        return roles.Where(role => role.Column == column).Select(role => ColumnRoles.NameOf(role.Role));
    }
}
