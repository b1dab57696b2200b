using System.Text;

namespace Billing.Storage;

/// <summary>What stores hold to in texts: which can be stored as UTF-8 and come back the same, and how they are ordered.</summary>
public static class UnicodeText
{
    /// <summary>By code point, which is the order of the bytes of UTF-8: what SQLite, binary collations and DynamoDB give. Null comes first.</summary>
    public static IComparer<string> Order => CodePointOrder.Instance;

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
