namespace Billing.Rows;

/// <summary>The result of a step of a row reader.</summary>
internal enum RowStep
{
    /// <summary>It is on a row.</summary>
    Row,

    /// <summary>It needs the next block.</summary>
    NeedsBlock,

    /// <summary>The source has ended.</summary>
    End,
}
