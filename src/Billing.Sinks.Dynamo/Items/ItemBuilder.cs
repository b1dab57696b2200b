using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Items;

/// <summary>Builds an item, counts its bytes as DynamoDB does, and records why DynamoDB cannot hold it exactly.</summary>
internal sealed class ItemBuilder
{
    /// <summary>The maximum size of an item in bytes, including the names of its attributes.</summary>
    public const int MaxItemSize = 400 * 1024;

    private const int MapOverhead = 3;
    private const int EntryOverhead = 1;
    private const string ScaleSuffix = "_scale";

    /// <summary>The attributes.</summary>
    public Dictionary<string, AttributeValue> Item { get; } = new(StringComparer.Ordinal);

    /// <summary>The size of the item in bytes; for numbers, the most that DynamoDB can use.</summary>
    public long Size { get; private set; }

    /// <summary>Why DynamoDB cannot hold the item exactly, or null.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Returns the refusal of an item that is too large.</summary>
    public static string TooLarge(long size) => FormattableString.Invariant(
        $"The record takes {size} bytes as a DynamoDB item, which can hold at most {MaxItemSize}. Shorten its texts in the source, or use another store.");

    /// <summary>Returns the attribute that holds the scale of a number with trailing zeros.</summary>
    public static string ScaleOf(string name) => name + ScaleSuffix;

    /// <summary>Returns the number that <see cref="Exact"/> wrote.</summary>
    /// <exception cref="FormatException">The attribute is not a number, or a decimal cannot hold it.</exception>
    public static decimal ReadExact(Dictionary<string, AttributeValue> item, string name)
    {
        decimal value = decimal.Parse(
            item[name].N,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture);
        return item.TryGetValue(ScaleOf(name), out AttributeValue? scale)
            ? value + new decimal(0, 0, 0, false, byte.Parse(scale.N, NumberStyles.None, CultureInfo.InvariantCulture))
            : value;
    }

    /// <summary>Returns the text that <see cref="Text"/> wrote, or null.</summary>
    public static string? ReadText(Dictionary<string, AttributeValue> item, string name) =>
        !item.TryGetValue(name, out AttributeValue? value) ? null : value.NULL == true ? "" : value.S;

    /// <summary>Refuses the item with a reason, unless it is refused already.</summary>
    public void Refuse(string reason) => Refusal ??= reason;

    /// <summary>Adds a text; null adds nothing. The empty text is written as NULL, because old releases of DynamoDB Local do not accept it.</summary>
    public void Text(string name, string? value)
    {
        if (value is null)
        {
            return;
        }

        if (!UnicodeText.IsWellFormed(value))
        {
            Refuse(FieldRefusals.NotUnicode(name));
            return;
        }

        Add(name, value.Length == 0 ? new AttributeValue { NULL = true } : new AttributeValue { S = value }, Math.Max(1, Encoding.UTF8.GetByteCount(value)));
    }

    /// <summary>Adds text in UTF-8 that is not empty.</summary>
    public void Utf8(string name, ReadOnlySpan<byte> value) => Add(name, new AttributeValue { S = Encoding.UTF8.GetString(value) }, value.Length);

    /// <summary>Adds a number by its value: DynamoDB removes trailing zeros. It holds 38 digits; a decimal has at most 29.</summary>
    public void Number(string name, decimal? value)
    {
        if (value is { } number)
        {
            string text = number.ToString(CultureInfo.InvariantCulture);
            Add(name, new AttributeValue { N = text }, (text.Length / 2) + 2);
        }
    }

    /// <summary>Adds a number with its trailing zeros: if it has some, a second attribute holds its scale.</summary>
    public void Exact(string name, decimal value)
    {
        Number(name, value);
        if (value.Scale > 0 && value.ToString(CultureInfo.InvariantCulture).EndsWith('0'))
        {
            Number(ScaleOf(name), value.Scale);
        }
    }

    /// <summary>Adds bytes; an empty array adds nothing.</summary>
    public void Bytes(string name, ReadOnlySpan<byte> value)
    {
        if (!value.IsEmpty)
        {
            Add(name, new AttributeValue { B = new MemoryStream(value.ToArray(), writable: false) }, value.Length);
        }
    }

    /// <summary>Adds the attributes of another builder as a map.</summary>
    public void Map(string name, ItemBuilder map)
    {
        if (map.Refusal is { } refusal)
        {
            Refuse(refusal);
        }

        Add(name, new AttributeValue { M = map.Item }, MapOverhead + map.Size + (map.Item.Count * EntryOverhead));
    }

    private void Add(string name, AttributeValue value, long size)
    {
        Item.Add(name, value);
        Size += Encoding.UTF8.GetByteCount(name) + size;
    }
}
