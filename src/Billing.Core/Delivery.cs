using System.Globalization;
using System.Text.Json.Serialization;

namespace Billing;

/// <summary>A delivery that replaces: its source is the whole of a scope and a period. What the ledger holds of them and the source does not is superseded.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public sealed record Delivery
{
    private Delivery(string scope, DateOnly from, DateOnly to, string? version)
    {
        Scope = scope;
        From = from;
        To = to;
        Version = version;
    }

    /// <summary>The scope: whose records the source holds.</summary>
    public string Scope { get; }

    /// <summary>The first day of the period.</summary>
    public DateOnly From { get; }

    /// <summary>The last day of the period.</summary>
    public DateOnly To { get; }

    /// <summary>The version of the delivery, as its sender states it: a whole number, or a date or an instant in ISO 8601. Null if none is stated: then deliveries count in the order in which they come.</summary>
    public string? Version { get; }

    /// <summary>Returns a delivery that is the whole of a scope and a period.</summary>
    /// <param name="scope">The scope: an account or a supplier.</param>
    /// <param name="from">The first day of the period.</param>
    /// <param name="to">The last day of the period.</param>
    /// <param name="version">The version that the sender states, or null: a whole number, or a date or an instant in ISO 8601. A delivery older than one that is there is refused.</param>
    /// <exception cref="ArgumentException">The scope is blank, the period ends before it begins, or the version is none.</exception>
    public static Delivery Replace(string scope, DateOnly from, DateOnly to, string? version = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(scope);
        if (to < from)
        {
            throw new ArgumentException($"The period ends on {Text(to)}, before it begins on {Text(from)}.", nameof(to));
        }

        if (version is not null && NumberOf(version) is null && TimeOf(version) is null)
        {
            throw new ArgumentException($"'{version}' is not a version. Use a whole number, or a date or an instant in ISO 8601, such as 2025-07-01T06:00:00Z.", nameof(version));
        }

        return new Delivery(scope, from, to, version);
    }

    /// <summary>The scope, the period and the version.</summary>
    public override string ToString() => $"{Scope}, {Text(From)} to {Text(To)}{(Version is null ? "" : $", version {Version}")}";

    /// <summary>Whether a record is of the scope and the period.</summary>
    internal bool Covers(string? scope, DateOnly date) => scope == Scope && date >= From && date <= To;

    /// <summary>Whether another delivery is of the same scope and shares a day.</summary>
    internal bool Overlaps(Delivery other) => other.Scope == Scope && other.From <= To && other.To >= From;

    /// <summary>Compares the versions; null if they are not of one kind.</summary>
    internal int? CompareVersion(Delivery other) => (Version, other.Version) switch
    {
        (null, null) => 0,
        ({ } one, { } two) when NumberOf(one) is { } left && NumberOf(two) is { } right => left.CompareTo(right),
        ({ } one, { } two) when TimeOf(one) is { } left && TimeOf(two) is { } right => left.CompareTo(right),
        _ => null,
    };

    private static long? NumberOf(string version) => long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    private static DateTimeOffset? TimeOf(string version) => version.Length >= 10 && version[4] == '-'
        && DateTimeOffset.TryParse(version, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;

    private static string Text(DateOnly date) => date.ToString("O", CultureInfo.InvariantCulture);
}
