using Billing.Layouts;

namespace Billing.Inspection;

/// <summary>The first rows of a source, as text, before anyone has said which column is what.</summary>
internal sealed class SourceSample
{
    /// <summary>The name of the source, for messages.</summary>
    public required string SourceName { get; init; }

    /// <summary>The first bytes, decompressed: at most <see cref="SourceSampler.MaxBytes"/>.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>Whether the source goes on after them, so that the last row may be cut off.</summary>
    public required bool IsCut { get; init; }

    public required SourceFormat Format { get; init; }

    /// <summary>What was stated, completed by what the form of the source says: separator, header, encoding.</summary>
    public required SourceLayout Layout { get; init; }

    /// <summary>What was stated before anyone looked.</summary>
    public required SourceLayout Stated { get; init; }

    public required HeaderNames Names { get; init; }

    /// <summary>The values of every column, in the order of the rows; empty ones left out.</summary>
    public required IReadOnlyList<ColumnValues> Columns { get; init; }

    /// <summary>The number of rows.</summary>
    public required int Rows { get; init; }

    /// <summary>What a person must decide about the form.</summary>
    public required IReadOnlyList<LayoutQuestion> Questions { get; init; }
}
