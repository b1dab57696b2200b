namespace Billing;

/// <summary>
/// A line of a CSV source that is not a row and states totals of it: a footer after the rows, or a line before them, above or below the header.
/// Columns are named as in the header of the rows, or by place as <c>#2</c>. A line between two rows is none: it goes to quarantine as a row.
/// </summary>
public sealed record StatedLine
{
    /// <summary>The words that the line begins with, such as <c>Total</c>, in any case; no letter or digit may follow them.</summary>
    public required string Begins { get; init; }

    /// <summary>Where the number of rows stands, or null.</summary>
    public string? Rows { get; init; }

    /// <summary>Where the sum of the amounts stands, or null. Not together with <see cref="Debit"/> and <see cref="Credit"/>.</summary>
    public string? Total { get; init; }

    /// <summary>Where the sum of the debits stands, or null. With <see cref="Credit"/> it makes the total, signed as the layout signs debits and credits.</summary>
    public string? Debit { get; init; }

    /// <summary>Where the sum of the credits stands, or null.</summary>
    public string? Credit { get; init; }

    /// <summary>Where the opening balance stands, or null.</summary>
    public string? Opening { get; init; }

    /// <summary>Where the closing balance stands, or null.</summary>
    public string? Closing { get; init; }

    /// <summary>Where the word stands that says whether the money of the line is a debit or a credit, or null: it has its sign.</summary>
    public string? Direction { get; init; }

    /// <summary>Where the currency code of the line stands, or null: the layout's default currency, or the only one of the source.</summary>
    public string? Currency { get; init; }

    /// <summary>Whether the line may be missing. False, the default: a source without it may be cut off, and is contradicted.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Whether the line has a date where rows have theirs. Its first value must then be exactly <see cref="Begins"/>. False, the default: a line with a date is a row.</summary>
    public bool IsDated { get; init; }
}
