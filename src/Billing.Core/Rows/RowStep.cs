namespace Billing.Rows;

/// <summary>What a step of a row reader came to.</summary>
internal enum RowStep
{
    /// <summary>It stands on a row.</summary>
    Row,

    /// <summary>It needs the next block.</summary>
    NeedsBlock,

    /// <summary>The source has ended.</summary>
    End,
}
