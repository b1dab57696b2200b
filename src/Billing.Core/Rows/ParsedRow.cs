using Billing.Values;

namespace Billing.Rows;

/// <summary>One row of a source after parsing: its typed values as far as they could be read, and its fault if it has one.</summary>
internal sealed class ParsedRow
{
    /// <summary>The line that the row starts on, counted from 1.</summary>
    public required long Line { get; init; }

    /// <summary>The offset of its first byte in the UTF-8 form of the decompressed source.</summary>
    public required long ByteOffset { get; init; }

    /// <summary>Its bytes without the line break; a slice of a block that is never reused.</summary>
    public required ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>Its length in the source, in bytes: more than that of <see cref="Raw"/> only if the row is over the limit.</summary>
    public required long RawLength { get; init; }

    /// <summary>The fault; null if the row can be processed further.</summary>
    public RowFault? Fault { get; set; }

    public DateOnly Date { get; set; }

    public DateTimeOffset? Instant { get; set; }

    /// <summary>The amount, set whenever it could be read, even on a row with a fault elsewhere.</summary>
    public decimal? Amount { get; set; }

    /// <summary>The code as written or the default one, trimmed; null if there is none. Set whenever it could be read.</summary>
    public string? CurrencyCode { get; set; }

    public string? SourceId { get; set; }

    public string? Party { get; set; }

    public string? Account { get; set; }

    public string? Description { get; set; }

    /// <summary>The value of the layout's scope column.</summary>
    public string? Scope { get; set; }

    /// <summary>From the layout's category column, trimmed; null where it is blank.</summary>
    public string? Category { get; set; }

    public RecordAttributes Attributes { get; set; } = RecordAttributes.Empty;

    /// <summary>The values of the identity's columns, in its order; empty unless the identity is by columns.</summary>
    public string[] IdentityValues { get; set; } = [];
}
