using Billing.Layouts;

namespace Billing.Inspection;

/// <summary>The first rows of a source, as text, before anyone has said which column is what.</summary>
internal sealed class SourceSample
{
    /// <summary>The name of the source, for messages.</summary>
    public required string SourceName { get; init; }

    /// <summary>The first bytes, decompressed: at most <see cref="SourceSampler.MaxBytes"/>.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>Whether the source continues after them, so that the last row may be cut off.</summary>
    public required bool IsCut { get; init; }

    public required SourceFormat Format { get; init; }

    /// <summary>The stated layout, completed from the form of the source: separator, header, encoding.</summary>
    public required SourceLayout Layout { get; init; }

    /// <summary>The layout as stated before the inspection.</summary>
    public required SourceLayout Stated { get; init; }

    public required HeaderNames Names { get; init; }

    /// <summary>The values of every column, in the order of the rows, without empty ones.</summary>
    public required IReadOnlyList<ColumnValues> Columns { get; init; }

    /// <summary>The number of rows.</summary>
    public required int Rows { get; init; }

    /// <summary>The questions about the form that a person must answer.</summary>
    public required IReadOnlyList<LayoutQuestion> Questions { get; init; }
}
