using System.Globalization;
using System.Numerics;
using System.Text;
using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Currencies;

/// <summary>What rounding left behind is what the exact products come to beside what is stored.</summary>
public sealed class RoundingTests
{
    private static readonly string[] s_currencies = ["CAD", "JPY", "EUR"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Exact_products_and_stored_amounts_are_added_up_by_run_and_currency()
    {
        Ingest ingest = new(billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75, MXN=0.059")));
        IngestReport june = await ingest.Text("date,company,amount,currency\n2025-06-01,A,10.01,CAD\n2025-06-02,B,10.03,CAD\n2025-06-03,C,1.01,MXN\n2025-06-04,D,5.00,USD\n", "june.csv");
        IngestReport july = await ingest.Text("date,company,amount,currency\n2025-07-01,A,-0.01,CAD\n", "july.csv");

        IReadOnlyList<ConversionRounding> rounding = await ingest.Ledger.GetRoundingAsync(new RecordQuery(), Cancellation);

        // 7.5075 and 7.5225 are 7.51 and 7.52; 0.05959 is 0.06; -0.0075 is -0.01.
        Assert.Equal(
            [
                (june.RunId, "june.csv", "CAD", 2L, "20.04", "15.03", "15.03", "0"),
                (june.RunId, "june.csv", "MXN", 1L, "1.01", "0.05959", "0.06", "0.00041"),
                (july.RunId, "july.csv", "CAD", 1L, "-0.01", "-0.0075", "-0.01", "-0.0025"),
            ],
            rounding.Select(row => (row.RunId, row.Source, row.Currency, row.Rows, row.Amount.ToString(), row.Exact.ToString(), row.Stored.ToString(), row.Difference.ToString())));
        Assert.All(rounding, row => Assert.Equal("USD", row.ReportingCurrency));
        Assert.Equal("july.csv: 1 rows of CAD: -0.0025 USD", rounding[2].ToString());
        Assert.Equal(july.RunId, Assert.Single(await ingest.Ledger.GetRoundingAsync(new RecordQuery { From = new DateOnly(2025, 7, 1) }, Cancellation)).RunId);
    }

    [Fact]
    public async Task As_of_a_run_before_a_restatement_it_is_that_of_then()
    {
        Ingest ingest = new(billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.755")));
        IngestReport june = await ingest.Text("date,company,amount,currency\n2025-06-01,A,10.01,CAD\n");
        await new RateRestatement(ingest.Ledger, FixedRates.Parse("CAD=0.8")).RunAsync(cancellationToken: Cancellation);
        Assert.Equal("0.002", Assert.Single(await ingest.Ledger.GetRoundingAsync(new RecordQuery(), Cancellation)).Difference.ToString());
        Assert.Equal("0.00245", Assert.Single(await (await ingest.Ledger.AsOfAsync(june.RunId, Cancellation)).GetRoundingAsync(new RecordQuery(), Cancellation)).Difference.ToString());
    }

    [Fact]
    public async Task It_equals_the_sum_of_fractions_of_every_record_also_for_cross_rates_that_do_not_end()
    {
        Random random = new(7);
        for (int round = 0; round < 30; round++)
        {
            StringBuilder rates = new("Date,USD,CAD,JPY,\n");
            for (int day = 28; day > 0; day--)
            {
                rates.Append(CultureInfo.InvariantCulture, $"2025-06-{day:D2},1.{random.Next(1000, 2000)},1.{random.Next(4000, 6000)},16{random.Next(10)}.{random.Next(10, 99)},\n");
            }

            using TemporaryFile file = new("eurofxref.csv", rates.ToString());
            Ingest ingest = new(billing => billing.UseExchangeRates(EcbRates.Load(file.Path)));
            StringBuilder rows = new("date,description,amount,currency\n");
            for (int i = 0; i < 40; i++)
            {
                string currency = s_currencies[i % 3];
                string amount = currency == "JPY" ? $"{random.Next(-9000, 9000)}" : FormattableString.Invariant($"{random.Next(-9000, 9000)}.{random.Next(100):D2}");
                rows.Append(CultureInfo.InvariantCulture, $"2025-06-{random.Next(1, 29):D2},row {i},{amount},{currency}\n");
            }

            await ingest.Text(rows.ToString());
            IReadOnlyList<ConversionRounding> found = await ingest.Ledger.GetRoundingAsync(new RecordQuery(), Cancellation);
            Assert.Equal(3, found.Count);
            foreach (ConversionRounding row in found)
            {
                BillingRecord[] records = [.. (await ingest.Records()).Where(record => record.Amount.Currency.Code == row.Currency)];
                (BigInteger numerator, BigInteger denominator) = (0, 1);
                foreach (BillingRecord record in records)
                {
                    (BigInteger n, BigInteger d) = Fraction(record);
                    (numerator, denominator) = ((numerator * d) + (n * denominator), denominator * d);
                }

                // The difference to the fraction is less than half a unit of the twentieth decimal for each rate.
                BigInteger scaled = Scaled(row.Exact.Rounded(20).ToString(), 20);
                BigInteger off = BigInteger.Abs((scaled * denominator) - (numerator * BigInteger.Pow(10, 20)));
                Assert.True(off * 2 <= denominator * records.Length, $"{row}: {row.Exact}");
                Assert.Equal(records.Length, row.Rows);
                Assert.Equal(records.Aggregate(ExactSum.Zero, (sum, record) => sum + ExactSum.From(record.ReportingAmount.Amount)), row.Stored);
            }
        }
    }

    private static (BigInteger Numerator, BigInteger Denominator) Fraction(BillingRecord record)
    {
        ExchangeRate rate = record.ExchangeRate!;
        (decimal a, decimal n, decimal d) = (record.Amount.Amount, rate.Numerator, rate.Denominator);
        return (Digits(a) * Digits(n) * BigInteger.Pow(10, d.Scale), Digits(d) * BigInteger.Pow(10, a.Scale + n.Scale));
    }

    private static BigInteger Scaled(string text, int decimals)
    {
        int point = text.IndexOf('.', StringComparison.Ordinal);
        return BigInteger.Parse((point < 0 ? text + "." : text).PadRight((point < 0 ? text.Length : point) + 1 + decimals, '0').Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    private static BigInteger Digits(decimal value) => BigInteger.Parse(value.ToString(CultureInfo.InvariantCulture).Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
}
