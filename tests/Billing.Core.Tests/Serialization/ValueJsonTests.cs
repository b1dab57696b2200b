using System.Text.Json;

namespace Billing.Core.Tests.Serialization;

/// <summary>What the JSON of values keeps, and what it refuses. The shape of every type is in a golden file of Billing.Hosting.Tests.</summary>
public sealed class ValueJsonTests
{
    private static readonly JsonSerializerOptions s_web = JsonSerializerOptions.Web;

    [Theory]
    [InlineData("12.50")]
    [InlineData("-0.00")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("0.0000000000000000000000000001")]
    public void An_amount_keeps_every_digit_and_its_scale(string amount)
    {
        string json = $$"""{"amount":"{{amount}}","currency":"EUR"}""";
        Money money = JsonSerializer.Deserialize<Money>(json, s_web);
        Assert.Equal(amount.TrimStart('-'), money.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture).TrimStart('-'));
        Assert.Equal(money, JsonSerializer.Deserialize<Money>(JsonSerializer.Serialize(money)));
        Assert.Equal(money, JsonSerializer.Deserialize<Money>($$"""{"Currency":"eur","Amount":{{amount}}}""", s_web));
    }

    [Fact]
    public void Names_follow_the_options()
    {
        Money money = new(12.50m, Currency.Eur);
        Assert.Equal("""{"Amount":"12.50","Currency":"EUR"}""", JsonSerializer.Serialize(money));
        Assert.Equal("""{"amount":"12.50","currency":"EUR"}""", JsonSerializer.Serialize(money, s_web));
    }

    [Theory]
    [InlineData("""{"amount":"12,50","currency":"EUR"}""")]
    [InlineData("""{"amount":"1.00000000000000000000000000000000001","currency":"EUR"}""")]
    [InlineData("""{"amount":1.00000000000000000000000000000000001,"currency":"EUR"}""")]
    [InlineData("""{"amount":"12.50","currency":"XXZ"}""")]
    [InlineData("""{"amount":"12.50","currency":null}""")]
    [InlineData("""{"amount":null,"currency":"EUR"}""")]
    [InlineData("""{"amount":"12.50"}""")]
    [InlineData("""{"amount":"12.50","currency":"EUR","amount":"12.50"}""")]
    [InlineData("""{"amount":"12.50","Currency":"EUR","currency":"USD"}""")]
    [InlineData("""[12.50]""")]
    [InlineData("12.50")]
    public void What_is_no_amount_of_money_is_refused(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Money>(json, s_web));

    [Fact]
    public void Texts_that_are_wrong_are_refused()
    {
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<RecordKey>("\"12\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<RecordKey>("12"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Currency>("\"XXZ\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ExactSum>("\"1e5\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<RecordIdentity>("\"columns:\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<RecordIdentity>("""{"columns":[]}"""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<SourceLayout>("""{"columns":{"debt":"x"}}"""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<SourceLayout>("[]"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<CategoryRules>("""{"rules":[{}]}"""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<RecordAttributes>("[]"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<RecordAttributes>("""{"a":1}"""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ExchangeRate>("""{"base":"EUR","quote":"USD","rate":"0","date":null,"source":"ECB"}""", s_web));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<RunStatus>("\"done\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<RunStatus>("1"));
    }

    [Fact]
    public void A_member_or_an_attribute_that_comes_twice_is_refused_by_its_name()
    {
        Assert.StartsWith("'Amount' appears twice", Refusal<Money>("""{"amount":"1","currency":"EUR","AMOUNT":"2"}"""), StringComparison.Ordinal);
        Assert.StartsWith("'Rate' appears twice", Refusal<ExchangeRate>("""{"base":"EUR","quote":"USD","rate":"2","rate":"3","date":null,"source":"ECB"}"""), StringComparison.Ordinal);
        Assert.StartsWith("The attribute 'a' appears twice", Refusal<RecordAttributes>("""{"a":"1","b":"2","a":"1"}"""), StringComparison.Ordinal);
        Assert.Equal(2, JsonSerializer.Deserialize<RecordAttributes>("""{"a":"1","A":"1"}""")!.Count);
    }

    [Fact]
    public void A_rate_keeps_its_legs_and_its_date()
    {
        const string json = """{"base":"CAD","quote":"USD","rate":"1.1684/1.5870","date":"2025-06-07","source":"ECB"}""";
        ExchangeRate rate = JsonSerializer.Deserialize<ExchangeRate>(json, s_web)!;
        Assert.Equal(new ExchangeRate(Currency.Parse("CAD"), Currency.Usd, 1.1684m, new DateOnly(2025, 6, 7), "ECB", 1.5870m), rate);
        Assert.Equal(json, JsonSerializer.Serialize(rate, s_web));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ExchangeRate>(json.Replace("06-07", "6-7", StringComparison.Ordinal), s_web));
        Assert.Null(JsonSerializer.Deserialize<SourceLayout>("{}")!.Name);
    }

    [Fact]
    public void What_is_written_of_attributes_stays_in_the_writer_of_the_caller()
    {
        System.Buffers.ArrayBufferWriter<byte> output = new();
        using Utf8JsonWriter writer = new(output);
        ((System.Text.Json.Serialization.JsonConverter<RecordAttributes>)s_web.GetConverter(typeof(RecordAttributes))).Write(writer, new RecordAttributes(["a"], ["1"]), s_web);
        Assert.Equal((0, 9), (output.WrittenCount, writer.BytesPending));
    }

    [Fact]
    public void Attributes_keep_their_order_and_what_is_ignored()
    {
        RecordAttributes attributes = new(["z", "a", "balance", "b"], ["1", null, "9", "2"], ["balance"]);
        string json = JsonSerializer.Serialize(attributes);
        Assert.Equal("""{"z":"1","a":null,"balance":["9"],"b":"2"}""", json);
        RecordAttributes read = JsonSerializer.Deserialize<RecordAttributes>(json)!;
        Assert.Equal(attributes, read);
        Assert.Equal(["balance"], read.Ignored);
    }

    [Fact]
    public void Keys_are_names_of_dictionaries_and_sums_take_numbers()
    {
        RecordKey key = Some.Key("1");
        Dictionary<RecordKey, ExactSum> sums = new() { [key] = ExactSum.Parse("1.10") };
        string json = JsonSerializer.Serialize(sums);
        Assert.Equal($$"""{"{{key}}":"1.1"}""", json);
        Assert.Equal(sums, JsonSerializer.Deserialize<Dictionary<RecordKey, ExactSum>>(json));
        Assert.Equal(ExactSum.Parse("123456789012345678901234567890.10"), JsonSerializer.Deserialize<ExactSum>("123456789012345678901234567890.10"));
    }

    [Fact]
    public void An_identity_whose_names_have_commas_comes_back()
    {
        RecordIdentity identity = RecordIdentity.CountedColumns("a,b", "c");
        string json = JsonSerializer.Serialize(identity);
        Assert.Equal("""{"columns\u002Boccurrence":["a,b","c"]}""", json);
        Assert.Equal(identity, JsonSerializer.Deserialize<RecordIdentity>(json));
        Assert.Null(JsonSerializer.Deserialize<RecordIdentity>("null"));
    }

    [Fact]
    public void Rules_come_back_as_their_file_and_rules_in_code_have_none()
    {
        CategoryRules rules = CategoryRules.Parse("""{ "rules": [ { "name": "rest", "when": {}, "category": "standard", }, /* the last */ ] }""");
        string json = JsonSerializer.Serialize(rules);
        Assert.Equal("""{"rules":[{"name":"rest","when":{},"category":"standard"}]}""", json);
        Assert.Equal("standard", Assert.Single(JsonSerializer.Deserialize<CategoryRules>(json)!.Rules).Category);
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(CategoryRules.Create(CategoryRule.When("r", _ => true).WithFlag("f"))));
    }

    private static string Refusal<T>(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<T>(json, s_web)).Message;
}
