namespace Billing;

/// <summary>A row count and the sum of the amounts per currency. Rows whose amount could not be read count in <see cref="Rows"/> only.</summary>
public sealed class ControlTotals : IEquatable<ControlTotals>
{
    /// <summary>Totals of <paramref name="rows"/> rows; <paramref name="money"/> is by currency code.</summary>
    public ControlTotals(long rows, IReadOnlyDictionary<string, ExactSum> money)
    {
        ArgumentNullException.ThrowIfNull(money);
        Rows = rows;
        Money = new SortedDictionary<string, ExactSum>(money.ToDictionary(), StringComparer.Ordinal);
    }

    /// <summary>What amounts stand under whose currency is not known, beyond the first 20 spellings of a source.</summary>
    public const string OtherCodes = "(others)";

    /// <summary>No rows, no money.</summary>
    public static ControlTotals Zero { get; } = new(0, new Dictionary<string, ExactSum>());

    /// <summary>The number of rows.</summary>
    public long Rows { get; }

    /// <summary>The sum of the amounts by currency code, ordered by code. A code that is not of ISO 4217 stands as the source wrote it, for the first 20 such of up to 20 characters, the rest together under <see cref="OtherCodes"/>; an amount without any code stands under the empty text.</summary>
    public IReadOnlyDictionary<string, ExactSum> Money { get; }

    /// <summary>The sum in <paramref name="currencyCode"/>, zero where there is none.</summary>
    public ExactSum this[string currencyCode] => Money.TryGetValue(currencyCode, out ExactSum sum) ? sum : ExactSum.Zero;

    /// <summary>Equal when the rows are and every currency's sum is; a currency with a sum of zero equals none.</summary>
    public bool Equals(ControlTotals? other) =>
        other is not null && Rows == other.Rows && Money.Keys.Union(other.Money.Keys).All(code => this[code] == other[code]);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ControlTotals);

    /// <inheritdoc/>
    public override int GetHashCode() => Rows.GetHashCode();

    /// <summary>Rows and amounts, such as <c>3 rows, 12.5 EUR, 7 USD</c>, the same in every culture.</summary>
    public override string ToString() =>
        string.Join(", ", Money.Select(sum => $"{sum.Value} {sum.Key}").Prepend(FormattableString.Invariant($"{Rows} rows")));

    /// <summary>The totals of both together.</summary>
    public static ControlTotals operator +(ControlTotals left, ControlTotals right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new ControlTotals(
            left.Rows + right.Rows,
            left.Money.Keys.Union(right.Money.Keys).ToDictionary(code => code, code => left[code] + right[code]));
    }

    /// <summary>What one has more than the other.</summary>
    public static ControlTotals operator -(ControlTotals left, ControlTotals right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new ControlTotals(
            left.Rows - right.Rows,
            left.Money.Keys.Union(right.Money.Keys).ToDictionary(code => code, code => left[code] - right[code]));
    }
}
