using Billing.Layouts;
using Billing.Texts;
using Billing.Values;

namespace Billing.Rows;

/// <summary>Watches the columns that may hold a fee beside the amount, where the layout says nothing of one.</summary>
internal sealed class FeeGuard
{
    private readonly ColumnMap _columns;
    private readonly NumberFormat _numbers;
    private readonly int[] _watched;

    public FeeGuard(ColumnMap columns, SourceLayout layout)
    {
        _columns = columns;
        _numbers = layout.Numbers;
        bool isNet = columns.Amount >= 0 && FeeHeaders.IsNet(columns.Names[columns.Amount]);
        _watched = layout.Fee is not null || isNet ? [] : [.. columns.Attributes.Where(column => FeeHeaders.IsFee(columns.Names[column]))];
    }

    /// <summary>Whether there is a fee of which nobody has said whether it counts.</summary>
    public RowFault? Check<TFields>(in TFields fields)
        where TFields : struct, IRowFields
    {
        foreach (int column in _watched)
        {
            ReadOnlySpan<byte> value = fields[column];
            NumberFormat format = fields.IsNumber(column) ? NumberFormat.Invariant : _numbers;
            // What is no number in that format, and has digits all the same, may be a fee as well.
            if (!value.IsEmpty && (AmountParser.Parse(value, format, "", out decimal fee) is null ? fee != 0 : value.ContainsAnyInRange((byte)'1', (byte)'9')))
            {
                string name = _columns.Names[column];
                return new(QuarantineReason.BadAmount, $"Column '{name}' has {Utf8Text.Quote(value)} beside the amount. State in the layout \"columns\": {{ \"fee\": \"{name}\" }} where it belongs to the amount (feeIsSigned says how), or null where it does not.");
            }
        }

        return null;
    }
}
