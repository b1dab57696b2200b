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

    /// <summary>The key in little memory: for each attribute its type and its value.</summary>
    public static string[] Pack(Dictionary<string, AttributeValue> item, IReadOnlyList<string> names) =>
        [.. names.Select(name => item[name].S is { } text ? Text + text : Number + item[name].N)];

    /// <summary>The key attributes that <see cref="Pack"/> was given.</summary>
    public static Dictionary<string, AttributeValue> Unpack(string[] key, IReadOnlyList<string> names)
    {
        Dictionary<string, AttributeValue> attributes = new(names.Count, StringComparer.Ordinal);
        for (int i = 0; i < key.Length; i++)
        {
            attributes.Add(names[i], key[i].StartsWith(Text, StringComparison.Ordinal) ? new AttributeValue { S = key[i][Text.Length..] } : new AttributeValue { N = key[i][Number.Length..] });
        }

        return attributes;
    }

    /// <summary>Returns the key as text: equal for items that DynamoDB treats as the same.</summary>
    public static string TextOf(Dictionary<string, AttributeValue> item, IReadOnlyList<string> names) =>
        names.Count == 1 ? TextOf(item[names[0]]) : string.Join('\0', names.Select(name => TextOf(item[name])).Select(part => FormattableString.Invariant($"{part.Length}:{part}")));

    // 1.0 and 1 are the same key.
    private static string TextOf(AttributeValue value) => value.S
        ?? decimal.Parse(value.N, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture)
            .ToString("G29", CultureInfo.InvariantCulture);
}
