using System.Buffers;
using System.Globalization;
using System.Text;
using Billing.Values;

namespace Billing.Rows;

/// <summary>The faults that the bytes of a row can have as text.</summary>
internal static class TextFaults
{
    /// <param name="row">The bytes, some of which are not text.</param>
    /// <param name="transcodedFrom">The encoding that they were transcoded from, or null if they should be UTF-8.</param>
    public static RowFault BadEncoding(ReadOnlySpan<byte> row, string? transcodedFrom)
    {
        if (transcodedFrom is not null)
        {
            int replaced = row.IndexOf("\uFFFD"u8);
            return new(QuarantineReason.BadEncoding, string.Create(
                CultureInfo.InvariantCulture,
                $"Character {Encoding.UTF8.GetCharCount(row[..replaced]) + 1} of the row is not {transcodedFrom}. Set the layout's encoding to that of the source."));
        }

        int at = 0;
        while (Rune.DecodeFromUtf8(row[at..], out _, out int length) == OperationStatus.Done)
        {
            at += length;
        }

        return new(QuarantineReason.BadEncoding, string.Create(
            CultureInfo.InvariantCulture,
            $"Byte {at + 1} of the row (0x{row[at]:X2}) is not UTF-8. Set the layout's encoding to that of the source, such as windows-1252."));
    }
}
