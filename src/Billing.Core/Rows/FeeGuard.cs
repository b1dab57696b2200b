using Billing.Layouts;
using Billing.Texts;
using Billing.Values;

namespace Billing.Rows;

/// <summary>Watches the columns that may hold a fee in addition to the amount, if the layout does not mention a fee.</summary>
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

    /// <summary>Returns a fault if there is a fee and the layout does not say whether it counts.</summary>
    public RowFault? Check<TFields>(in TFields fields)
        where TFields : struct, IRowFields
    {
        foreach (int column in _watched)
        {
            ReadOnlySpan<byte> value = fields[column];
            NumberFormat format = fields.IsNumber(column) ? NumberFormat.Invariant : _numbers;
            // A value that is not a number in that format but has digits may also be a fee.
            if (!value.IsEmpty && (AmountParser.Parse(value, format, "", out decimal fee) is null ? fee != 0 : value.ContainsAnyInRange((byte)'1', (byte)'9')))
            {
                string name = _columns.Names[column];
                return new(QuarantineReason.BadAmount, $"Column '{name}' has {Utf8Text.Quote(value)} in addition to the amount. In the layout, set \"columns\": {{ \"fee\": \"{name}\" }} if it belongs to the amount (feeIsSigned says how), or set columns.fee to null if it does not.");
            }
        }

        return null;
    }
}
