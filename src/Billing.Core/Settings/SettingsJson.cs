using System.Text;
using System.Text.Json;

namespace Billing.Settings;

/// <summary>Reads settings files in JSON; comments and trailing commas are allowed, the same name twice in one object is not.</summary>
internal ref struct SettingsJson
{
    private readonly string _file;
    private readonly ReadOnlySpan<byte> _utf8;
    private Utf8JsonReader _reader;
    private long _line = 1;
    private int _counted;

    private SettingsJson(ReadOnlySpan<byte> utf8, string file)
    {
        _file = file;
        _utf8 = utf8;
        _reader = new Utf8JsonReader(utf8, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
    }

    /// <summary>Reads the whole file; a byte order mark is skipped.</summary>
    /// <param name="file">The name of the file in messages.</param>
    /// <exception cref="BillingConfigurationException">The file is not JSON; the message has the file and the line.</exception>
    public static SettingsNode Parse(ReadOnlySpan<byte> utf8, string file)
    {
        SettingsJson json = new(utf8.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8, file);
        try
        {
            json._reader.Read();
            SettingsNode root = json.Node();
            // Anything other than comments after the value is an error, which only a further read finds.
            json._reader.Read();
            return root;
        }
        catch (JsonException error)
        {
            long line = (error.LineNumber ?? 0) + 1;
            throw new BillingConfigurationException(file, line, $"This is not JSON: {Reason(error)} Correct that line or the one above it.", error);
        }
    }

    private static string Reason(JsonException error)
    {
        // The parser appends its own position, which counts lines from 0.
        int place = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return place < 0 ? error.Message : error.Message[..place];
    }

    private SettingsNode Node()
    {
        long line = Line();
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return new SettingsNode(_file, line, SettingsKind.Object, "", Members(), []);
            case JsonTokenType.StartArray:
                return new SettingsNode(_file, line, SettingsKind.List, "", [], Items());
            case JsonTokenType.String:
                return new SettingsNode(_file, line, SettingsKind.Text, Text(line), [], []);
            case JsonTokenType.Null:
                return new SettingsNode(_file, line, SettingsKind.Null, "", [], []);
            default:
                SettingsKind kind = _reader.TokenType == JsonTokenType.Number ? SettingsKind.Number : SettingsKind.Truth;
                return new SettingsNode(_file, line, kind, Encoding.UTF8.GetString(_reader.ValueSpan), [], []);
        }
    }

    private List<SettingsMember> Members()
    {
        List<SettingsMember> members = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            long line = Line();
            string name = Text(line);
            if (!names.Add(name))
            {
                throw new BillingConfigurationException(_file, line, $"'{name}' appears twice in one object. Keep one of them.");
            }

            _reader.Read();
            members.Add(new SettingsMember(name, line, Node()));
        }

        return members;
    }

    private List<SettingsNode> Items()
    {
        List<SettingsNode> items = [];
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Node());
        }

        return items;
    }

    private readonly string Text(long line)
    {
        try
        {
            return _reader.GetString() ?? "";
        }
        catch (InvalidOperationException error)
        {
            throw new BillingConfigurationException(_file, line, "This text is not valid Unicode. Save the file as UTF-8.", error);
        }
    }

    private long Line()
    {
        int start = (int)_reader.TokenStartIndex;
        _line += _utf8[_counted..start].Count((byte)'\n');
        _counted = start;
        return _line;
    }
}
