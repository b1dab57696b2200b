using System.Text;

namespace Billing.Storage;

/// <summary>Whether a .NET text is Unicode text. Only that can be stored as UTF-8 and come back the same.</summary>
internal static class UnicodeText
{
    /// <summary>Whether every surrogate of <paramref name="text"/> is one of a pair.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        int surrogate = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        while (surrogate >= 0)
        {
            text = text[surrogate..];
            if (Rune.DecodeFromUtf16(text, out _, out int length) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            text = text[length..];
            surrogate = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        }

        return true;
    }
}
