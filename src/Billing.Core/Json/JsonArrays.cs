using System.Text.Json;
using Billing.Layouts;

namespace Billing.Json;

/// <summary>Finds arrays of objects within a document, one of which a layout may name as its rows.</summary>
internal static class JsonArrays
{
    /// <summary>Returns the paths to arrays of objects through members of objects, in order. The document may be cut off.</summary>
    public static IReadOnlyList<string> PathsIn(ReadOnlySpan<byte> json)
    {
        List<string> paths = [];
        Stack<string?> members = new();
        string? member = null;
        Utf8JsonReader reader = new(json, isFinalBlock: false, state: default);
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        member = reader.GetString();
                        break;

                    case JsonTokenType.StartObject:
                        members.Push(member);
                        break;

                    case JsonTokenType.StartArray when members.Count > 0:
                        int depth = reader.CurrentDepth;
                        bool isFirst = true;
                        while (reader.Read() && !(reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == depth))
                        {
                            if (isFirst && reader.TokenType == JsonTokenType.StartObject)
                            {
                                paths.Add(string.Join('.', members.Reverse().Skip(1).Append(member)));
                            }

                            isFirst = false;
                        }

                        break;

                    case JsonTokenType.EndObject:
                        member = members.Pop();
                        break;

                    default:
                        break;
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // What was found up to there counts.
        }

        // Names that are blank, or begin or end with a point, make no path that a layout can state.
        return [.. paths.Where(LayoutRules.IsPath).Distinct(StringComparer.Ordinal)];
    }
}
