namespace Billing;

/// <summary>A record or a quarantined row that differs between two stores.</summary>
public sealed record StoreDifference
{
    /// <summary>How they differ.</summary>
    public required StoreDifferenceKind Kind { get; init; }

    /// <summary>Whether it is a quarantined row and not a record.</summary>
    public bool IsQuarantined { get; init; }

    /// <summary>The key.</summary>
    public required RecordKey Key { get; init; }

    /// <summary>Where it came from, according to the store that holds it; the first store if both do.</summary>
    public required RecordSource Source { get; init; }

    /// <summary>The fields that differ; empty unless both stores hold it.</summary>
    public IReadOnlyList<FieldDifference> Fields { get; init; } = [];

    /// <summary>Where it came from, how the stores differ and in what, such as <c>june.csv:2: Different (amount, party)</c>.</summary>
    public override string ToString() => $"{Source}: {Kind}{(Fields.Count == 0 ? "" : $" ({string.Join(", ", Fields.Select(field => field.Field))})")}";
}
