namespace Billing.Layouts;

/// <summary>The values of one row by column, as the text of the source.</summary>
internal interface IRowFields
{
    /// <summary>The value of a column, decoded; empty if there is none.</summary>
    ReadOnlySpan<byte> this[int column] { get; }

    /// <summary>What holds the values for as long as the row is in use; null if nothing does. Single values may still be elsewhere.</summary>
    byte[]? Block { get; }

    /// <summary>Whether the value is a JSON number, to which the layout's number format does not apply.</summary>
    bool IsNumber(int column);
}
