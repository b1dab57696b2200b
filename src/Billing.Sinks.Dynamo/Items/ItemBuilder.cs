using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Items;

/// <summary>Puts an item together, counts its bytes as DynamoDB does, and notes why DynamoDB cannot hold it exactly.</summary>
internal sealed class ItemBuilder
{
    /// <summary>The most bytes of an item, names of attributes included.</summary>
    public const int MaxItemSize = 400 * 1024;

    private const int MapOverhead = 3;
    private const int EntryOverhead = 1;
    private const string ScaleSuffix = "_scale";

    /// <summary>The attributes.</summary>
    public Dictionary<string, AttributeValue> Item { get; } = new(StringComparer.Ordinal);

    /// <summary>The bytes of the item; for numbers, what DynamoDB takes at most.</summary>
    public long Size { get; private set; }

    /// <summary>Why DynamoDB cannot hold the item exactly, or null.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The refusal of an item that is too large.</summary>
    public static string TooLarge(long size) => FormattableString.Invariant(
        $"The record takes {size} bytes as a DynamoDB item, which holds at most {MaxItemSize}. Shorten its texts in the source, or store it elsewhere.");

    /// <summary>The number that <see cref="Exact"/> wrote.</summary>
    /// <exception cref="FormatException">It is none that a decimal holds.</exception>
    public static decimal ReadExact(Dictionary<string, AttributeValue> item, string name)
    {
        decimal value = decimal.Parse(
            item[name].N,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture);
        return item.TryGetValue(name + ScaleSuffix, out AttributeValue? scale)
            ? value + new decimal(0, 0, 0, false, byte.Parse(scale.N, NumberStyles.None, CultureInfo.InvariantCulture))
            : value;
    }

    /// <summary>The text that <see cref="Text"/> wrote, or null.</summary>
    public static string? ReadText(Dictionary<string, AttributeValue> item, string name) =>
        !item.TryGetValue(name, out AttributeValue? value) ? null : value.NULL == true ? "" : value.S;

    /// <summary>Refuses the item for a reason, unless it is refused already.</summary>
    public void Refuse(string reason) => Refusal ??= reason;

    /// <summary>A text; null adds nothing. The empty text, which old releases of DynamoDB Local do not take, is NULL.</summary>
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

    /// <summary>Text in UTF-8 that is not empty.</summary>
    public void Utf8(string name, ReadOnlySpan<byte> value) => Add(name, new AttributeValue { S = Encoding.UTF8.GetString(value) }, value.Length);

    /// <summary>A number, by its value: DynamoDB takes off trailing zeros. It holds 38 digits, a decimal has 29 at most.</summary>
    public void Number(string name, decimal? value)
    {
        if (value is { } number)
        {
            string text = number.ToString(CultureInfo.InvariantCulture);
            Add(name, new AttributeValue { N = text }, (text.Length / 2) + 2);
        }
    }

    /// <summary>A number with its trailing zeros: where it has some, a second attribute holds its scale.</summary>
    public void Exact(string name, decimal value)
    {
        Number(name, value);
        if (value.Scale > 0 && value.ToString(CultureInfo.InvariantCulture).EndsWith('0'))
        {
            Number(name + ScaleSuffix, value.Scale);
        }
    }

    /// <summary>Bytes; none adds nothing.</summary>
    public void Bytes(string name, ReadOnlySpan<byte> value)
    {
        if (!value.IsEmpty)
        {
            Add(name, new AttributeValue { B = new MemoryStream(value.ToArray(), writable: false) }, value.Length);
        }
    }

    /// <summary>A map of what another builder has.</summary>
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
