namespace Billing.Parsing;

/// <summary>Reads amounts strictly by a stated format.</summary>
internal static class AmountParser
{
    /// <summary>Reads an amount from UTF-8, spaces around it ignored.</summary>
    /// <returns>Null, or why it is no amount: <see cref="QuarantineReason.BadAmount"/>, <see cref="QuarantineReason.AmountOutOfRange"/> or <see cref="QuarantineReason.MissingValue"/>.</returns>
    public static RowFault? Parse(ReadOnlySpan<byte> utf8, NumberFormat format, string column, out decimal amount) => throw new NotImplementedException();
}
