namespace Billing.Storage;

/// <summary>Orders text by code point, which is the order of its UTF-8 bytes. SQLite, MySQL's binary collations and DynamoDB all use this order.</summary>
internal sealed class CodePointOrder : IComparer<string>
{
    /// <summary>The one instance.</summary>
    public static CodePointOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        int same = x.AsSpan().CommonPrefixLength(y);
        return same < x.Length && same < y.Length
            ? Rank(x[same]).CompareTo(Rank(y[same]))
            : x.Length.CompareTo(y.Length);
    }

    // Surrogates stand for the code points above U+FFFF, but as UTF-16 units they sort below U+E000.
    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x1_0000 : unit;
}
