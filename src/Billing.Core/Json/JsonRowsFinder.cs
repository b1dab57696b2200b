using System.Text.Json;

namespace Billing.Json;

/// <summary>
/// Finds the records within a JSON document by the path to them, byte by byte; it remembers only the open brackets.
/// Goes through arrays on the way. Skips everything else.
/// </summary>
/// <param name="path">Names separated by points; a name may contain points.</param>
internal sealed class JsonRowsFinder(string path)
{
    private const int NotOnPath = -1;
    private const int LongestName = 4096;
    private const int DeepestLevel = 1000;

    // For every open bracket: whether it is an array, and how much of the path leads to it.
    private readonly Stack<(bool IsArray, int Matched)> _open = new();
    private readonly List<byte> _name = [];
    private bool _inText;
    private bool _escaped;
    private bool _expectsName;
    private int _matched;

    /// <summary>Whether the path led somewhere, even to null.</summary>
    public bool HasFound { get; private set; }

    /// <summary>Whether a bracket is still open.</summary>
    public bool IsOpen => _open.Count > 0;

    /// <summary>Continues with the next byte.</summary>
    /// <returns>Whether an array of records begins with it, or a single record in the place of an array. The array or the record itself is not fed here, nor is its end.</returns>
    public bool Feed(byte b)
    {
        if (_inText)
        {
            FeedText(b);
            return false;
        }

        switch (b)
        {
            case (byte)'"':
                _inText = true;
                _name.Clear();
                return false;

            case (byte)'[' or (byte)'{' when _matched == path.Length:
                HasFound = true;
                return true;

            case (byte)'[' or (byte)'{' when _open.Count < DeepestLevel:
                _open.Push((b == (byte)'[', _matched));
                _expectsName = b == (byte)'{';
                return false;

            case (byte)']' or (byte)'}' when _open.Count > 0:
                _open.Pop();
                Expect(afterComma: false);
                return false;

            case (byte)',':
                Expect(afterComma: true);
                return false;

            case (byte)':':
                _expectsName = false;
                return false;

            case (byte)'n' when _matched == path.Length && !_expectsName:
                // null: no records.
                HasFound = true;
                return false;

            default:
                return false;
        }
    }

    private void Expect(bool afterComma)
    {
        (bool isArray, int matched) = _open.Count > 0 ? _open.Peek() : (true, 0);
        _expectsName = afterComma && !isArray;
        _matched = isArray ? matched : NotOnPath;
    }

    private void FeedText(byte b)
    {
        if (!_escaped && b == (byte)'"')
        {
            _inText = false;
            if (_expectsName)
            {
                _matched = Match(_open.Peek().Matched);
            }

            return;
        }

        _escaped = !_escaped && b == (byte)'\\';
        if (_expectsName && _name.Count <= LongestName)
        {
            _name.Add(b);
        }
    }

    private int Match(int matched)
    {
        if (matched == NotOnPath || _name.Count > LongestName)
        {
            return NotOnPath;
        }

        int from = matched == 0 ? 0 : matched + 1;
        ReadOnlySpan<char> rest = path.AsSpan(Math.Min(from, path.Length));
        string name = Name();
        return name.Length == 0 || !rest.StartsWith(name, StringComparison.Ordinal) ? NotOnPath
            : rest.Length == name.Length ? path.Length
            : rest[name.Length] == '.' ? from + name.Length
            : NotOnPath;
    }

    private string Name()
    {
        try
        {
            Utf8JsonReader reader = new([(byte)'"', .. _name, (byte)'"']);
            return reader.Read() ? reader.GetString()! : "";
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A layout cannot contain such a name.
            return "";
        }
    }
}
