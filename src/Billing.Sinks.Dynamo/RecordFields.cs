using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo;

/// <summary>A whole record as attributes, and back, equal to what was written.</summary>
internal static class RecordFields
{
    // What an index can be keyed by: not empty, and at most this many bytes.
    private const int MaxHashKeySize = 2048;
    private const string PartyText = "party_text";

    /// <summary>Whether the index of parties holds the records of <paramref name="party"/>.</summary>
    public static bool IsIndexed(string party) => party.Length > 0 && Encoding.UTF8.GetByteCount(party) <= MaxHashKeySize;

    /// <summary>Writes a record.</summary>
    public static void Write(ItemBuilder item, BillingRecord record, string writeId)
    {
        ExchangeRate? rate = record.ExchangeRate;
        if (rate is not null && (rate.Base != record.Amount.Currency || rate.Quote != record.ReportingAmount.Currency))
        {
            item.Refuse($"The exchange rate is of {rate.Base} to {rate.Quote}, but the amounts are in {record.Amount.Currency} and {record.ReportingAmount.Currency}. Correct the rate.");
        }

        item.Text(Names.Key, record.Key.ToString());
        item.Text(Names.Fingerprint, record.Fingerprint.ToString());
        item.Number("occurrence", record.Occurrence);
        item.Text("scope", record.Scope);
        item.Text("source_id", record.SourceId);
        item.Text("date", record.Date.ToString("O", CultureInfo.InvariantCulture));
        item.Text("instant", record.Instant?.ToString("O", CultureInfo.InvariantCulture));
        item.Text(record.Party is null || IsIndexed(record.Party) ? Names.Party : PartyText, record.Party);
        item.Text("account", record.Account);
        item.Text("description", record.Description);
        item.Exact("amount", record.Amount.Amount);
        item.Text("currency", record.Amount.Currency.Code);
        item.Exact("reporting_amount", record.ReportingAmount.Amount);
        item.Text("reporting_currency", record.ReportingAmount.Currency.Code);
        item.Text("rate", rate?.ValueText);
        item.Text("rate_date", rate?.Date?.ToString("O", CultureInfo.InvariantCulture));
        item.Text("rate_source", rate?.Source);
        item.Text(Names.Source, record.Source.Name);
        item.Number("line", record.Source.Line);
        item.Number("byte_offset", record.Source.ByteOffset);
        item.Text("run_id", record.RunId);
        item.Text("category", record.Category);
        item.Text("category_rule", record.CategoryRule);
        WriteTexts(item, "flags", record.Flags);
        WriteTexts(item, "alerts", record.Alerts);
        WriteAttributes(item, record.Attributes);
        item.Text(Names.WriteId, writeId);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static BillingRecord Read(Dictionary<string, AttributeValue> item)
    {
        Money amount = new(ItemBuilder.ReadExact(item, "amount"), CurrencyOf(item, "currency"));
        Money reporting = new(ItemBuilder.ReadExact(item, "reporting_amount"), CurrencyOf(item, "reporting_currency"));
        return new BillingRecord
        {
            Key = RecordKey.Parse(Required(item, Names.Key)),
            Fingerprint = Fingerprint.Parse(Required(item, Names.Fingerprint)),
            Occurrence = (int)Int64(item, "occurrence"),
            Scope = ItemBuilder.ReadText(item, "scope"),
            SourceId = ItemBuilder.ReadText(item, "source_id"),
            Date = DateOf(Required(item, "date")),
            Instant = ItemBuilder.ReadText(item, "instant") is { } instant ? DateTimeOffset.ParseExact(instant, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) : null,
            Party = ItemBuilder.ReadText(item, Names.Party) ?? ItemBuilder.ReadText(item, PartyText),
            Account = ItemBuilder.ReadText(item, "account"),
            Description = ItemBuilder.ReadText(item, "description"),
            Amount = amount,
            ReportingAmount = reporting,
            ExchangeRate = ItemBuilder.ReadText(item, "rate") is { } rate
                ? ExchangeRate.FromValueText(amount.Currency, reporting.Currency, rate, ItemBuilder.ReadText(item, "rate_date") is { } date ? DateOf(date) : null, Required(item, "rate_source"))
                : null,
            Attributes = JsonText.ReadAttributes(Json(item, "attributes")),
            Source = new RecordSource(Required(item, Names.Source), Int64(item, "line"), Int64(item, "byte_offset")),
            RunId = Required(item, "run_id"),
            Category = ItemBuilder.ReadText(item, "category"),
            CategoryRule = ItemBuilder.ReadText(item, "category_rule"),
            Flags = JsonText.ReadTexts(Json(item, "flags")),
            Alerts = JsonText.ReadTexts(Json(item, "alerts")),
        };
    }

    /// <summary>A whole number.</summary>
    public static long Int64(Dictionary<string, AttributeValue> item, string name) => (long)ItemBuilder.ReadExact(item, name);

    /// <summary>A text that every item of its kind has.</summary>
    /// <exception cref="BillingException">It is not there.</exception>
    public static string Required(Dictionary<string, AttributeValue> item, string name) => ItemBuilder.ReadText(item, name)
        ?? throw new BillingException($"An item of the table has no '{name}'. Another program wrote or changed it; restore it, or take it away.");

    private static void WriteTexts(ItemBuilder item, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        if (!texts.All(text => UnicodeText.IsWellFormed(text)))
        {
            item.Refuse(NotUnicode(name));
            return;
        }

        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter writer = JsonText.NewWriter(buffer);
        JsonText.Write(writer, texts);
        item.Utf8(name, buffer.WrittenSpan);
    }

    private static void WriteAttributes(ItemBuilder item, RecordAttributes attributes)
    {
        if (attributes.Count == 0)
        {
            return;
        }

        for (int i = 0; i < attributes.Count; i++)
        {
            if (!UnicodeText.IsWellFormed(attributes.Names[i]) || !UnicodeText.IsWellFormed(attributes.Values[i]))
            {
                item.Refuse(NotUnicode("attributes"));
                return;
            }
        }

        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter writer = JsonText.NewWriter(buffer);
        JsonText.Write(writer, attributes);
        item.Utf8("attributes", buffer.WrittenSpan);
    }

    private static string NotUnicode(string name) =>
        $"The value of '{name}' has half of a surrogate pair, which is no Unicode text and would not come back the same. Correct it in the source.";

    private static byte[] Json(Dictionary<string, AttributeValue> item, string name) => Encoding.UTF8.GetBytes(ItemBuilder.ReadText(item, name) ?? "");

    private static DateOnly DateOf(string text) => DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture);

    private static Currency CurrencyOf(Dictionary<string, AttributeValue> item, string name) =>
        Currency.TryParse(Required(item, name), out Currency? currency)
            ? currency
            : throw new BillingException($"The store holds the currency '{Required(item, name)}', which this version does not know. Use the version of Billing that wrote it.");
}
