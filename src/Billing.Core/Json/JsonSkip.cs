namespace Billing.Json;

/// <summary>
/// Finds the end of a record that is not a JSON object, or is too large, byte by byte and without memory of its own.
/// It ends where its brackets end, or before the next line that begins with a brace and is indented no further than the record itself; other text ends with its line.
/// </summary>
internal struct JsonSkip(bool isArray, bool isObject, int recordIndent)
{
    private readonly int _recordIndent = recordIndent;
    private long _seen;
    private int _depth;
    private bool _inText;
    private bool _escaped;
    private bool _afterCr;
    private bool _atLineStart;

    /// <summary>The length of the record in bytes, without the blanks after it.</summary>
    public long Length { get; private set; }

    /// <summary>The number of bytes up to where reading continues.</summary>
    public readonly long Consumed => _seen;

    /// <summary>The number of line breaks in <see cref="Consumed"/>.</summary>
    public int LineBreaks { get; private set; }

    /// <summary>The indent of the line in which reading continues.</summary>
    public int Indent { get; private set; } = recordIndent;

    /// <summary>Continues with the next bytes.</summary>
    /// <returns>Whether the end was found.</returns>
    public bool Feed(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            if (b is Texts.LineBreaks.Cr or Texts.LineBreaks.Lf)
            {
                if (_depth <= 0 || !isObject)
                {
                    return true;
                }

                LineBreaks += b == Texts.LineBreaks.Lf && _afterCr ? 0 : 1;
                _afterCr = b == Texts.LineBreaks.Cr;
                _atLineStart = true;
                _inText = false;
                _escaped = false;
                Indent = 0;
                _seen++;
                continue;
            }

            _afterCr = false;
            if (_atLineStart)
            {
                if (b is (byte)' ' or (byte)'\t' || (isArray && b == (byte)','))
                {
                    Indent++;
                    _seen++;
                    continue;
                }

                _atLineStart = false;
                if (Indent <= _recordIndent && (b == (byte)'{' || (isArray && b == (byte)']')))
                {
                    return true;
                }
            }

            if (IsEnd(b))
            {
                return true;
            }

            _seen++;
            if (b is not ((byte)' ' or (byte)'\t'))
            {
                Length = _seen;
            }

            if (Follow(b))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the record ends before a byte.</summary>
    private readonly bool IsEnd(byte b) =>
        isArray && !_inText && _depth == 0 && b is (byte)',' or (byte)']';

    /// <summary>Follows texts and brackets.</summary>
    /// <returns>Whether the record ends with this byte.</returns>
    private bool Follow(byte b)
    {
        if (_inText)
        {
            _inText = _escaped || b != (byte)'"';
            _escaped = !_escaped && b == (byte)'\\';
            return false;
        }

        switch (b)
        {
            case (byte)'"':
                _inText = true;
                return false;

            case (byte)'{' or (byte)'[':
                _depth++;
                return false;

            case (byte)'}' or (byte)']':
                _depth--;
                return isArray && _depth <= 0;

            default:
                return false;
        }
    }
}
