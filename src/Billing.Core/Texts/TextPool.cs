using System.Text;

namespace Billing.Texts;

/// <summary>Shares the strings of one column. A short value that was seen recently gives the same string again, since currencies, parties and product lines repeat; a column whose values do not repeat is left alone. Thread-safe: threads may overwrite what it has learned, which costs strings, never a wrong value.</summary>
internal sealed class TextPool
{
    private const int Slots = 256;
    private const int LongestPooled = 64;
    private const int TriedFirst = 1024;

    private readonly string?[] _strings = new string?[Slots];
    private int _tried;
    private int _met;
    private bool _off;

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return "";
        }

        if (_off || utf8.Length > LongestPooled)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        ref string? slot = ref _strings[Hash(utf8) % Slots];

        // Read once: another thread may put another string there.
        string? met = Volatile.Read(ref slot);
        if (met is null || met.Length != utf8.Length || !Ascii.Equals(utf8, met))
        {
            met = null;
        }

        Learn(met is not null);
        if (met is null)
        {
            met = Encoding.UTF8.GetString(utf8);
            Volatile.Write(ref slot, met);
        }

        return met;
    }

    // The length and three bytes distinguish most values of a column; a collision costs a string, never a wrong value.
    private static uint Hash(ReadOnlySpan<byte> utf8) =>
        ((((uint)utf8.Length * 31) + utf8[0]) * 31 + utf8[utf8.Length / 2]) * 31 + utf8[^1];

    private void Learn(bool met)
    {
        _met += met ? 1 : 0;
        if (++_tried < TriedFirst)
        {
            return;
        }

        _off = _met < _tried / 4;
        _tried = 0;
        _met = 0;
    }
}
