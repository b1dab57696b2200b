namespace Billing.Layouts;

/// <summary>The values of one row by column, as the text of the source.</summary>
internal interface IRowFields
{
    /// <summary>The value of a column, decoded; empty where there is none.</summary>
    ReadOnlySpan<byte> this[int column] { get; }

    /// <summary>Whether the value is a JSON number, whose form the layout's number format has no say in.</summary>
    bool IsNumber(int column);
}
