using System.Text;

namespace Billing.Texts;

/// <summary>Writes the one text of a value where a formatter wants it.</summary>
internal static class TextFormat
{
    public static bool TryWrite(string text, Span<char> destination, out int charsWritten)
    {
        bool fits = text.TryCopyTo(destination);
        charsWritten = fits ? text.Length : 0;
        return fits;
    }

    public static bool TryWrite(string text, Span<byte> utf8Destination, out int bytesWritten) =>
        Encoding.UTF8.TryGetBytes(text, utf8Destination, out bytesWritten);
}
