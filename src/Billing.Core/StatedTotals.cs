using System.Diagnostics.CodeAnalysis;
using Billing.Proofs;
using Billing.Settings;

namespace Billing;

/// <summary>
/// What the sender states of a source: rows, sums per currency, opening and closing balances. A run whose rows do not come to it stores nothing.
/// Figures are in the currency and with the sign of the rows. Money under the empty code is in the only currency of the source.
/// The totals stand for the whole source: once money is stated, a currency without a figure is stated to sum up to zero. Values are equal if they say the same.
/// </summary>
public sealed record StatedTotals
{
    /// <summary>Who states it, in reports and messages: the file that it was loaded from, or null for the caller.</summary>
    public string? Name { get; init; }

    /// <summary>The number of rows, with those that end in quarantine; null if it is not stated.</summary>
    public long? Rows { get; init; }

    /// <summary>The sum of the amounts, by currency code.</summary>
    public IReadOnlyDictionary<string, ExactSum> Totals { get; init; } = new Dictionary<string, ExactSum>();

    /// <summary>What the account held before the first row, by currency code. It is compared only together with <see cref="Closings"/> or a running balance.</summary>
    public IReadOnlyDictionary<string, ExactSum> Openings { get; init; } = new Dictionary<string, ExactSum>();

    /// <summary>What the account held after the last row, by currency code.</summary>
    public IReadOnlyDictionary<string, ExactSum> Closings { get; init; } = new Dictionary<string, ExactSum>();

    /// <summary>Whether nothing is stated.</summary>
    public bool IsEmpty => Rows is null && Totals.Count + Openings.Count + Closings.Count == 0;

    /// <summary>Reads a JSON file, such as <c>{ "rows": 1200, "total": { "EUR": "8415.84" }, "opening": "100.00", "closing": "8515.84" }</c>.</summary>
    /// <exception cref="BillingConfigurationException">The file cannot be read, is not JSON, states nothing, or states something that is not a figure; the message names the file and the line.</exception>
    public static StatedTotals Load(string path) => StatedFile.Read(SettingsFile.ReadBytes(path), path);

    /// <summary>Reads what <see cref="ToString"/> writes, such as <c>rows=1200,total:EUR=8415.84,opening=100,closing=8515.84</c>: decimal numbers with a point and no grouping.</summary>
    /// <exception cref="FormatException"><paramref name="s"/> is anything else, or states a figure twice.</exception>
    public static StatedTotals Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return StatedText.Read(s, out string? fault) ?? throw new FormatException(fault);
    }

    /// <summary>Reads what <see cref="Parse"/> reads.</summary>
    /// <returns>Whether <paramref name="s"/> is that.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, [NotNullWhen(true)] out StatedTotals? result)
    {
        result = s is null ? null : StatedText.Read(s, out _);
        return result is not null;
    }

    /// <inheritdoc/>
    public bool Equals(StatedTotals? other) => other is not null && Name == other.Name && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns what <see cref="Parse"/> reads, ordered, without the name.</summary>
    public override string ToString() => StatedText.Write(this);
}
