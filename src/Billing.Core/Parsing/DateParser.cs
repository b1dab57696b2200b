namespace Billing.Parsing;

/// <summary>Reads dates and instants strictly by the formats of a layout.</summary>
internal sealed class DateParser
{
    /// <exception cref="BillingConfigurationException">The layout names an unknown time zone or an impossible format.</exception>
    public DateParser(CsvLayout layout) => _ = layout;

    /// <summary>Reads a date from UTF-8, spaces around it ignored.</summary>
    /// <returns>Null, or why it is no date: <see cref="QuarantineReason.BadDate"/> or <see cref="QuarantineReason.MissingValue"/>.</returns>
    public RowFault? ParseDate(ReadOnlySpan<byte> utf8, string column, out DateOnly date) => throw new NotImplementedException();

    /// <summary>Reads an instant from UTF-8: ISO 8601 with an offset, or without one in the layout's time zone.</summary>
    /// <returns>Null, or why it is no instant.</returns>
    public RowFault? ParseInstant(ReadOnlySpan<byte> utf8, string column, out DateTimeOffset instant) => throw new NotImplementedException();
}
