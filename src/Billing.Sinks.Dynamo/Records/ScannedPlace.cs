namespace Billing.Sinks.Dynamo.Records;

/// <summary>
/// The position of a record in the order of records, and the key of its item, as <see cref="ItemKeys.Pack"/> gives it: two items may hold a record of one date and key.
/// The default comes before all others.
/// </summary>
internal readonly record struct ScannedPlace(RecordPosition Position, string? ItemKey) : IComparable<ScannedPlace>
{
    // Packed keys begin with a digit.
    private const string AfterAllKeys = "~";

    /// <summary>What comes after every item at a position, for tokens that do not name one.</summary>
    public static ScannedPlace EndOf(RecordPosition position) => new(position, AfterAllKeys);

    public int CompareTo(ScannedPlace other) => Position.CompareTo(other.Position) is var byPosition and not 0 ? byPosition : string.CompareOrdinal(ItemKey, other.ItemKey);
}
