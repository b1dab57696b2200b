namespace Billing.Console.Views;

/// <summary>How a column of a table behaves.</summary>
internal enum ColumnKind
{
    /// <summary>Left-aligned, never shortened.</summary>
    Text,

    /// <summary>Left-aligned; shortened in the middle where the terminal is narrow.</summary>
    LongText,

    /// <summary>Right-aligned.</summary>
    Number,

    /// <summary>Right-aligned at the decimal point.</summary>
    Money,
}
