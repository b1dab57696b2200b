using System.Globalization;
using System.Text;
using Billing.Fingerprints;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Core.Tests.Fingerprints;

/// <summary>Rows are fingerprinted from their bytes, records from their strings: both give the same.</summary>
public sealed class RowFormTests
{
    private static readonly string[] Pieces =
    [
        "Acme", "Zürich", " ", "\u00A0", "\u0085", "\u2003", "\u3000", "\t", "é", "e\u0301", "\u0300", "A\u030A", "ﬁ", "株式会社", "한글", "\u1112\u1161\u11AB",
        "\u212B", "𝒳", "😀", "\u200B", "\u001C", "\"\"", ",", "İ", "ß", "\u02FF", "\u0301x", "0", "-", "_",
    ];

    [Fact]
    public async Task Whatever_the_texts_a_record_has_the_fingerprint_that_its_strings_have()
    {
        Random random = new(11);
        StringBuilder csv = new("id,date,amount,currency,company,description,account,City,note\n");
        for (int i = 0; i < 3_000; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"\"{Text(random)}\",2025-06-{random.Next(1, 31):00},{Amount(random)},USD");
            for (int column = 0; column < 5; column++)
            {
                // Half of the texts need no quotes, and stay in the block; the others are unescaped.
                string text = Text(random);
                bool quoted = random.Next(2) == 0 || text.AsSpan().ContainsAny(",\"\r\n");
                csv.Append(quoted ? $",\"{text}\"" : $",{text}");
            }

            csv.Append('\n');
        }

        MemorySink sink = new();
        IngestReport report = await new ServiceCollection().AddBilling(billing => billing.AddSink(sink)).BuildServiceProvider().GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text("rows.csv", csv.ToString()), TestContext.Current.CancellationToken);
        Assert.Equal(3_000, report.Read.Rows);
        Assert.True(report.Stored.Rows > 2_900, $"{report.Stored.Rows} were stored.");
        BillingRecord[] records = await sink.QueryAllAsync(new RecordQuery(), TestContext.Current.CancellationToken).ToArrayAsync(TestContext.Current.CancellationToken);
        Assert.All(records, record => Assert.Equal(CanonicalForm.FingerprintOf(record, CanonicalVersion.Current), record.Fingerprint));
    }

    [Fact]
    public void Amounts_are_written_as_the_decimal_says_without_zeros_that_say_nothing()
    {
        Random random = new(5);
        Span<byte> text = stackalloc byte[32];
        for (int i = 0; i < 20_000; i++)
        {
            decimal amount = new(random.Next() >> random.Next(31), random.Next(3) == 0 ? random.Next() : 0, random.Next(8) == 0 ? random.Next(1 << 20) : 0, random.Next(2) == 0, (byte)random.Next(29));
            string plain = amount.ToString(CultureInfo.InvariantCulture);
            plain = plain.Contains('.', StringComparison.Ordinal) ? plain.TrimEnd('0').TrimEnd('.') : plain;
            Assert.Equal(amount == 0 ? "0" : plain, Encoding.UTF8.GetString(text[..CanonicalAmount.Format(amount, text)]));
        }
    }

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private static string Amount(Random random) => (random.Next(1_000_000) / (decimal)Math.Pow(10, random.Next(3))).ToString(CultureInfo.InvariantCulture);
}
