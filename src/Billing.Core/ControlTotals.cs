namespace Billing;

/// <summary>A row count and the sum of the amounts per currency. Rows whose amount could not be read count in <see cref="Rows"/> only.</summary>
public sealed class ControlTotals : IEquatable<ControlTotals>
{
    /// <summary>Creates totals of <paramref name="rows"/> rows; <paramref name="money"/> is by currency code.</summary>
    public ControlTotals(long rows, IReadOnlyDictionary<string, ExactSum> money)
    {
        ArgumentNullException.ThrowIfNull(money);
        Rows = rows;
        Money = new SortedDictionary<string, ExactSum>(money.ToDictionary(), StringComparer.Ordinal);
    }

    /// <summary>The code under which <see cref="Money"/> has the amounts of unknown currencies beyond the first 20 spellings of a source.</summary>
    public const string OtherCodes = "(others)";

    /// <summary>No rows, no money.</summary>
    public static ControlTotals Zero { get; } = new(0, new Dictionary<string, ExactSum>());

    /// <summary>The number of rows.</summary>
    public long Rows { get; }

    /// <summary>The sum of the amounts by currency code, ordered by code. The first 20 codes of up to 20 characters that are not in ISO 4217 appear as the source wrote them, and the rest together under <see cref="OtherCodes"/>. Amounts without a code appear under the empty string.</summary>
    public IReadOnlyDictionary<string, ExactSum> Money { get; }

    /// <summary>The sum in <paramref name="currencyCode"/>, or zero if there is none.</summary>
    public ExactSum this[string currencyCode] => Money.TryGetValue(currencyCode, out ExactSum sum) ? sum : ExactSum.Zero;

    /// <summary>Whether the rows and the sums of all currencies are equal. A currency with a sum of zero equals a missing one.</summary>
    public bool Equals(ControlTotals? other) =>
        other is not null && Rows == other.Rows && Money.Keys.Union(other.Money.Keys).All(code => this[code] == other[code]);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ControlTotals);

    /// <inheritdoc/>
    public override int GetHashCode() => Rows.GetHashCode();

    /// <summary>Rows and amounts, such as <c>3 rows, 12.5 EUR, 7 USD</c>, the same in every culture.</summary>
    public override string ToString() =>
        string.Join(", ", Money.Select(sum => $"{sum.Value} {sum.Key}").Prepend(FormattableString.Invariant($"{Rows} rows")));

    /// <summary>Adds two totals.</summary>
    public static ControlTotals operator +(ControlTotals left, ControlTotals right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new ControlTotals(
            left.Rows + right.Rows,
            left.Money.Keys.Union(right.Money.Keys).ToDictionary(code => code, code => left[code] + right[code]));
    }

    /// <summary>Subtracts the second totals from the first.</summary>
    public static ControlTotals operator -(ControlTotals left, ControlTotals right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new ControlTotals(
            left.Rows - right.Rows,
            left.Money.Keys.Union(right.Money.Keys).ToDictionary(code => code, code => left[code] - right[code]));
    }
}
