using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Sinks.Conformance;

/// <summary>Tests that records are read back exactly as they were written.</summary>
public abstract class RoundTripSuite<TStore> : StoreSuite<TStore>
    where TStore : IStoreUnderTest, new()
{
    private static readonly Arbitrary<decimal> s_anyDecimal = (
        from low in Bits
        from middle in Gen.OneOf(Gen.Constant(0), Bits)
        from high in Gen.OneOf(Gen.Constant(0), Bits)
        from scale in Gen.Choose(0, 28)
        from negative in Gen.Elements(true, false)
        select new decimal(low, middle, high, negative, (byte)scale)).ToArbitrary();

    private static readonly Gen<string> s_anyText =
        from runes in Gen.Frequency(
            (4, Gen.Choose(0, 0x7F)),
            (2, Gen.Choose(0x80, 0xD7FF)),
            (1, Gen.Choose(0xE000, 0x10FFFF))).ArrayOf()
        select string.Concat(runes.Select(char.ConvertFromUtf32));

    private int _written;

    private static Gen<int> Bits =>
        from upper in Gen.Choose(0, 0xFFFF)
        from lower in Gen.Choose(0, 0xFFFF)
        select (upper << 16) | lower;

    [Theory]
    [MemberData(nameof(Values.Amounts), MemberType = typeof(Values))]
    public Task Amounts_come_back_with_every_digit(string amount)
    {
        decimal value = decimal.Parse(amount, CultureInfo.InvariantCulture);
        return ComesBackAsync(Some.Record(amount: value, reportingAmount: -value));
    }

    [Fact]
    public void Every_decimal_comes_back_with_its_scale() => Check.QuickThrowOnFailure(Prop.ForAll(s_anyDecimal, value =>
        ComesBack(Some.Record(Next(), amount: value, reportingAmount: -value))));

    [Theory]
    [MemberData(nameof(Values.Texts), MemberType = typeof(Values))]
    public Task Texts_come_back_with_every_character(string text) => ComesBackAsync(Some.Record(
        party: text,
        account: text,
        description: text,
        category: text,
        scope: text,
        sourceId: text,
        attributes: new RecordAttributes([text, "null", "empty", "x" + text, "ignored " + text, "ignored null"], [text, null, "", text + "x", text, null], ["ignored " + text, "ignored null"]),
        source: "s" + text,
        runId: "r" + text,
        flags: [text, "x"],
        alerts: ["y", text]));

    [Fact]
    public void Every_text_comes_back() => Check.QuickThrowOnFailure(Prop.ForAll(s_anyText.ToArbitrary(), text =>
        ComesBack(Some.Record(Next(), party: text, description: text + text, sourceId: "1" + text, attributes: new RecordAttributes([text], [text]), flags: [text]))));

    [Fact]
    public Task What_is_not_there_comes_back_as_not_there() =>
        ComesBackAsync(Some.Record(party: null, account: null, description: null, category: null, scope: null, sourceId: null, instant: null, rate: null));

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("1582-10-10")]
    [InlineData("2024-02-29")]
    [InlineData("9999-12-31")]
    public Task Dates_come_back(string date) =>
        ComesBackAsync(Some.Record(date: DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("2025-06-17T23:59:59.9999999+14:00")]
    [InlineData("2025-06-17T00:00:00.0000001-12:00")]
    [InlineData("2025-03-30T02:30:00.0000000+05:45")]
    [InlineData("0001-01-01T00:00:00.0000000+00:00")]
    [InlineData("9999-12-31T23:59:59.9999999+00:00")]
    public Task Instants_come_back_with_their_offset(string instant) =>
        ComesBackAsync(Some.Record(instant: DateTimeOffset.ParseExact(instant, "O", CultureInfo.InvariantCulture)));

    [Fact]
    public async Task Exchange_rates_come_back_with_both_of_their_legs()
    {
        Currency gbp = Currency.Parse("GBP");
        ExchangeRate cross = new(gbp, Currency.Usd, 1.1684m, new DateOnly(2025, 6, 16), "ECB", 0.87058m);
        await ComesBackAsync(Some.Record("cross", currency: "GBP", reportingAmount: 16.78m, rate: cross));
        await ComesBackAsync(Some.Record("fixed", currency: "GBP", reportingAmount: 16.78m, rate: new ExchangeRate(gbp, Currency.Usd, 1.30m, null, "fixed")));
        await ComesBackAsync(Some.Record("none"));
        await ComesBackAsync(Some.Record("cross again", currency: "GBP", reportingAmount: 16.78m, rate: cross));
    }

    [Fact]
    public async Task Currencies_without_minor_units_and_withdrawn_ones_come_back()
    {
        foreach (string code in (string[])["JPY", "KWD", "XAU", "XTS", "DEM"])
        {
            await ComesBackAsync(Some.Record(code, currency: code));
        }
    }

    [Fact]
    public async Task Attributes_come_back_in_their_order()
    {
        RecordAttributes attributes = new(["zebra", "", "a.b", "a\"b", "A", "a", "10", "9"], ["1", null, "", "\"", "{}", "[1]", "null", "😀"]);
        await ComesBackAsync(Some.Record(attributes: attributes));
        await ComesBackAsync(Some.Record("many", attributes: new RecordAttributes([.. Enumerable.Range(0, 200).Select(i => $"column {i}")], new string?[200])));
    }

    [Fact]
    public async Task Neighbours_in_a_batch_keep_their_own_values()
    {
        ExchangeRate rate = new(Currency.Eur, Currency.Usd, 1.1m, null, "fixed");
        BillingRecord[] records =
        [
            Some.Record("1", party: "A", account: "x", category: "c", flags: ["f"], alerts: ["a"], currency: "EUR", rate: rate, instant: DateTimeOffset.UnixEpoch, sourceId: "1", attributes: new RecordAttributes(["n"], ["v"])),
            Some.Record("2", party: null, description: null),
            Some.Record("3", party: "A", account: "x", category: "c", flags: ["f"], alerts: ["a"], currency: "EUR", rate: rate, source: "other.csv", runId: "run-2", scope: "s"),
            Some.Record("4", party: null, description: null, date: new DateOnly(2025, 6, 18)),
        ];
        await WriteAsync(records);
        foreach (BillingRecord record in records)
        {
            Same.Record(record, await Store.FindAsync(record.Key, Cancellation));
        }
    }

    [Fact]
    public async Task Records_keep_their_own_values_beside_others_that_are_refused()
    {
        // The same texts, rates and lists again and again, so that a store which leaves equal values as they are has much to leave.
        Random random = new(20250617);
        string?[] texts = [null, "", "A", "a longer text", "\uD800"];
        DateOnly[] dates = [DateOnly.MinValue, new(2025, 6, 17), new(2025, 6, 18)];
        ExchangeRate?[] rates = [null, new(Currency.Eur, Currency.Usd, 1.1m, new DateOnly(2025, 6, 16), "ECB"), new(Currency.Eur, Currency.Usd, 1.2m, null, "fixed"), new(Currency.Parse("CAD"), Currency.Usd, 0.7m, dates[1], "ECB")];
        string[][] lists = [[], ["f"], ["g", "h"], ["\uDC00"]];
        RecordAttributes[] attributes = [RecordAttributes.Empty, new(["n"], ["v"]), new(["n"], [null]), new(["m"], ["\uD800"])];
        for (int batch = 0; batch < 4; batch++)
        {
            BillingRecord[] records = [.. Enumerable.Range(0, 100).Select(i => Some.Record(
                $"{batch} {i}",
                amount: Any([0m, 0.00m, 1.50m, -1.5m]),
                currency: Any(["EUR", "CAD"]),
                reportingAmount: Any([1m, 1.00m]),
                rate: Any(rates),
                date: Any(dates),
                instant: Any([null, (DateTimeOffset?)DateTimeOffset.UnixEpoch]),
                party: Any(texts),
                account: Any(texts),
                description: Any(texts),
                category: Any(texts[..3]),
                scope: Any(texts[..3]),
                sourceId: Any(texts[..3]),
                attributes: Any(attributes),
                source: Any(["june.csv", "july.csv"]),
                line: random.Next(3),
                runId: Any(["run-1", "run-2"]),
                flags: Any(lists[..3]),
                alerts: Any(lists)))];
            IReadOnlyList<WriteOutcome> outcomes = await Sink.WriteAsync(records, Cancellation);
            IReadOnlyList<BillingRecord?> stored = await Store.FindAllAsync([.. records.Select(record => record.Key)], Cancellation);
            for (int i = 0; i < records.Length; i++)
            {
                Assert.Equal(outcomes[i].Kind == WriteOutcomeKind.Stored, stored[i] is not null);
                if (stored[i] is not null)
                {
                    Same.Record(records[i], stored[i]);
                }
            }

            Assert.True(stored.Count(record => record is not null) > 5);
        }

        T Any<T>(IReadOnlyList<T> values) => values[random.Next(values.Count)];
    }

    [Fact]
    public async Task Numbers_come_back_to_their_limits()
    {
        BillingRecord record = new()
        {
            Key = Some.Key("limits"),
            Fingerprint = Some.Record().Fingerprint,
            Occurrence = int.MaxValue,
            Date = DateOnly.MinValue,
            Amount = new Money(1, Currency.Usd),
            ReportingAmount = new Money(1, Currency.Usd),
            Source = new RecordSource("large.csv", long.MaxValue, long.MaxValue - 1),
            RunId = "run-1",
        };
        await ComesBackAsync(record);
    }

    [Fact]
    public Task A_long_text_comes_back() => ComesBackAsync(Some.Record(description: new string('é', UnderTest.LongestText)));

    private string Next() => $"property {++_written}";

    private bool ComesBack(BillingRecord record)
    {
        ComesBackAsync(record).GetAwaiter().GetResult();
        return true;
    }

    private async Task ComesBackAsync(BillingRecord record)
    {
        Assert.Equal([WriteOutcome.Stored], await WriteAsync(record));
        Same.Record(record, await Store.FindAsync(record.Key, Cancellation));
    }
}
