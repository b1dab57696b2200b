using Billing.Values;

namespace Billing.Rows;

/// <summary>One row of a source as it left the parser: typed where it could be, with its fault where it could not.</summary>
internal sealed class ParsedRow
{
    /// <summary>The line that the row starts on, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>The offset of its first byte in the UTF-8 form of the decompressed source.</summary>
    public required long ByteOffset { get; init; }

    /// <summary>Its bytes without the line break; a slice of a block that is never reused.</summary>
    public required ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>Its bytes in the source: more than <see cref="Raw"/> has only where the row is over the limit.</summary>
    public required long RawLength { get; init; }

    /// <summary>Null when the row can go on.</summary>
    public RowFault? Fault { get; set; }

    public DateOnly Date { get; set; }

    public DateTimeOffset? Instant { get; set; }

    /// <summary>Set whenever it could be read, also on a row with a fault elsewhere.</summary>
    public decimal? Amount { get; set; }

    /// <summary>The code as written or the default one, trimmed; null when there is none. Set whenever it could be read.</summary>
    public string? CurrencyCode { get; set; }

    public string? SourceId { get; set; }

    public string? Party { get; set; }

    public string? Account { get; set; }

    public string? Description { get; set; }

    /// <summary>From the layout's scope column.</summary>
    public string? Scope { get; set; }

    /// <summary>From the layout's category column, trimmed; null where it is blank.</summary>
    public string? Category { get; set; }

    public RecordAttributes Attributes { get; set; } = RecordAttributes.Empty;

    /// <summary>The values of the identity's columns, in its order; empty unless the identity is by columns.</summary>
    public string[] IdentityValues { get; set; } = [];
}
