using System.Text;
using Billing.Texts;

namespace Billing.Rows;

/// <summary>A text of a row, or none: a place in the row's block of UTF-8, which becomes a string only when somebody asks for one; or a string.</summary>
internal struct RowText
{
    private readonly int _start;
    private readonly int _length;
    private string? _text;

    /// <summary>Creates a text from a string, or no text from null.</summary>
    public RowText(string? text) => _text = text;

    private RowText(int start, int length) => (_start, _length) = (start, length);

    /// <summary>Whether there is no text.</summary>
    public readonly bool IsNull => _length == 0 && _text is null;

    /// <summary>Whether the text is in the row's block.</summary>
    public readonly bool IsUtf8 => _length > 0;

    /// <summary>Creates a text from a value, which is kept as a place in <paramref name="block"/> if it is there.</summary>
    /// <param name="value">The value.</param>
    /// <param name="block">What stays as it is for as long as the row is in use; null if nothing does.</param>
    /// <param name="pool">Where equal strings are shared.</param>
    public static RowText Of(ReadOnlySpan<byte> value, byte[]? block, TextPool pool) =>
        !value.IsEmpty && block is not null && block.AsSpan().Overlaps(value, out int start)
            ? new RowText(start, value.Length)
            : new RowText(pool.Get(value));

    /// <summary>The bytes of a text that is in the block.</summary>
    public readonly ReadOnlySpan<byte> In(byte[] block) => block.AsSpan(_start, _length);

    /// <summary>Returns the string, or null if there is none.</summary>
    /// <param name="block">The row's block.</param>
    /// <param name="pool">Where equal strings are shared; null to share none.</param>
    public string? Decode(byte[]? block, TextPool? pool)
    {
        if (_length > 0 && _text is null)
        {
            ReadOnlySpan<byte> utf8 = In(block!);
            _text = pool is null ? Encoding.UTF8.GetString(utf8) : pool.Get(utf8);
        }

        return _text;
    }
}
