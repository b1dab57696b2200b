using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Schema;

/// <summary>The primary keys of items.</summary>
internal static class ItemKeys
{
    private const string Text = "S";
    private const string Number = "N";

    /// <summary>Returns the key attributes of an item.</summary>
    public static Dictionary<string, AttributeValue> Of(Dictionary<string, AttributeValue> item, IReadOnlyList<string> names)
    {
        Dictionary<string, AttributeValue> key = new(names.Count, StringComparer.Ordinal);
        foreach (string name in names)
        {
            key.Add(name, item[name]);
        }

        return key;
    }

    /// <summary>The key as one text, equal for items that DynamoDB treats as the same: for each attribute the length of what follows, its type and its value.</summary>
    public static string Pack(Dictionary<string, AttributeValue> item, IReadOnlyList<string> names) =>
        string.Concat(names.Select(name => item[name]).Select(value => WithLength((value.S is null ? Number : Text) + TextOf(value))));

    /// <summary>The key attributes that <see cref="Pack"/> was given.</summary>
    public static Dictionary<string, AttributeValue> Unpack(string key, IReadOnlyList<string> names)
    {
        Dictionary<string, AttributeValue> attributes = new(names.Count, StringComparer.Ordinal);
        int start = 0;
        foreach (string name in names)
        {
            int colon = key.IndexOf(':', start);
            int end = colon + 1 + int.Parse(key.AsSpan(start, colon - start), NumberStyles.None, CultureInfo.InvariantCulture);
            string value = key[(colon + 1 + Text.Length)..end];
            attributes.Add(name, key[colon + 1] == Text[0] ? new AttributeValue { S = value } : new AttributeValue { N = value });
            start = end;
        }

        return attributes;
    }

    /// <summary>Returns the key as text: equal for items that DynamoDB treats as the same.</summary>
    public static string TextOf(Dictionary<string, AttributeValue> item, IReadOnlyList<string> names) =>
        names.Count == 1 ? TextOf(item[names[0]]) : string.Concat(names.Select(name => WithLength(TextOf(item[name]))));

    // A value may contain any character, so none can separate two of them.
    private static string WithLength(string part) => FormattableString.Invariant($"{part.Length}:{part}");

    // 1.0 and 1 are the same key.
    private static string TextOf(AttributeValue value) => value.S
        ?? decimal.Parse(value.N, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture)
            .ToString("G29", CultureInfo.InvariantCulture);
}
