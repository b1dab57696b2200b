using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Billing.Json;

/// <summary>The members of one object, with their values as text of the source. Reused for the next object.</summary>
internal sealed class JsonObject(JsonNames names)
{
    private readonly List<JsonMember> _members = [];
    private readonly HashSet<string> _otherNames = new(StringComparer.Ordinal);
    private int[] _memberOf = [];
    private byte[] _unescaped = new byte[256];
    private int _unescapedLength;
    private ReadOnlyMemory<byte> _text;

    /// <summary>The members, in order.</summary>
    public ReadOnlySpan<JsonMember> Members => CollectionsMarshal.AsSpan(_members);

    /// <summary>The length of the object in bytes.</summary>
    public int Length { get; private set; }

    /// <summary>Why it is not an object.</summary>
    public string Error { get; private set; } = "";

    /// <summary>Reads the object at the start of <paramref name="text"/>.</summary>
    public JsonStep Read(ReadOnlyMemory<byte> text, bool isFinal)
    {
        Reset(text);
        Utf8JsonReader reader = new(text.Span, isFinal, state: default);
        try
        {
            return Read(ref reader);
        }
        catch (JsonException exception)
        {
            string why = exception.Message;
            int place = why.IndexOf(" LineNumber:", StringComparison.Ordinal);
            return Broken(string.Create(
                CultureInfo.InvariantCulture,
                $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1} of the record: {(place < 0 ? why : why[..place])}"));
        }
        catch (InvalidOperationException)
        {
            // This is how the reader reports that a text has half a surrogate pair or is not UTF-8.
            return Broken("a text of the record is not valid Unicode.");
        }
    }

    /// <summary>Finds the member of a column; false if there is none.</summary>
    public bool TryFind(int number, out JsonMember member)
    {
        bool found = number < _memberOf.Length && _memberOf[number] > 0;
        member = found ? _members[_memberOf[number] - 1] : default;
        return found;
    }

    /// <summary>Returns the value of a member: the text of a string, or the JSON of anything else; empty for null.</summary>
    public ReadOnlySpan<byte> ValueOf(JsonMember member) =>
        member.Kind == JsonTokenType.Null ? default
        : member.IsUnescaped ? _unescaped.AsSpan(member.Start, member.Length)
        : _text.Span.Slice(member.Start, member.Length);

    /// <summary>Returns the value at a path of names separated by points, such as <c>amount.value</c>; a name may contain points. Empty if there is none.</summary>
    /// <param name="path">The path.</param>
    /// <param name="kind">The kind of the value; None if there is none.</param>
    /// <param name="found">The number of values that the path leads to: if there is more than one, none is certain.</param>
    public ReadOnlySpan<byte> ValueAt(string path, out JsonTokenType kind, out int found)
    {
        ReadOnlySpan<byte> value = default;
        kind = JsonTokenType.None;
        found = 0;
        foreach (JsonMember member in _members)
        {
            string name = member.Name ?? names.All[member.Number];
            if (name == path)
            {
                found++;
                kind = member.Kind;
                value = ValueOf(member);
            }
            else if (member.Kind == JsonTokenType.StartObject && JsonPath.Leads(name, path))
            {
                ReadOnlySpan<byte> nested = JsonPath.Find(ValueOf(member), path[(name.Length + 1)..], out JsonTokenType nestedKind, out int within);
                found += within;
                kind = within > 0 ? nestedKind : kind;
                value = within > 0 ? nested : value;
            }
        }

        return value;
    }

    private JsonStep Read(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            return JsonStep.NeedsMore;
        }

        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                Length = (int)reader.BytesConsumed;
                return JsonStep.Object;
            }

            int number = names.Find(ref reader, _members.Count, out string? name);
            if (IsRepeated(number, name))
            {
                return Broken($"the member '{name ?? names.All[number]}' appears twice.");
            }

            if (!reader.Read() || !TryAddValue(ref reader, number, name))
            {
                return JsonStep.NeedsMore;
            }
        }

        return JsonStep.NeedsMore;
    }

    private bool TryAddValue(ref Utf8JsonReader reader, int number, string? name)
    {
        JsonTokenType kind = reader.TokenType;
        int start = (int)reader.TokenStartIndex;
        int length = reader.ValueSpan.Length;
        bool unescaped = false;
        if (kind == JsonTokenType.String && reader.ValueIsEscaped)
        {
            EnsureUnescaped(length);
            start = _unescapedLength;
            length = reader.CopyString(_unescaped.AsSpan(start));
            _unescapedLength += length;
            unescaped = true;
        }
        else if (kind == JsonTokenType.String)
        {
            start++;
        }
        else if (kind is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            if (!reader.TrySkip())
            {
                return false;
            }

            length = (int)reader.BytesConsumed - start;
        }

        _members.Add(new JsonMember(number, name, kind, start, length, unescaped));
        if (number >= 0)
        {
            if (number >= _memberOf.Length)
            {
                Array.Resize(ref _memberOf, Math.Max(16, 2 * (number + 1)));
            }

            _memberOf[number] = _members.Count;
        }

        return true;
    }

    private bool IsRepeated(int number, string? name) =>
        number >= 0 ? number < _memberOf.Length && _memberOf[number] > 0 : !_otherNames.Add(name!);

    private void EnsureUnescaped(int length)
    {
        if (_unescaped.Length - _unescapedLength < length)
        {
            Array.Resize(ref _unescaped, Math.Max(2 * _unescaped.Length, _unescapedLength + length));
        }
    }

    private void Reset(ReadOnlyMemory<byte> text)
    {
        foreach (JsonMember member in _members)
        {
            if (member.Number >= 0)
            {
                _memberOf[member.Number] = 0;
            }
        }

        _members.Clear();
        _otherNames.Clear();
        _unescapedLength = 0;
        _text = text;
    }

    private JsonStep Broken(string error)
    {
        Error = error;
        return JsonStep.Broken;
    }
}
