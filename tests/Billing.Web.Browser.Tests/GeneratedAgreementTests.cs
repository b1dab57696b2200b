using System.Globalization;
using System.Text;

namespace Billing.Web.Browser.Tests;

/// <summary>As <see cref="AgreementTests"/>, on generated files, with fixed rates and those of the European Central Bank.</summary>
public sealed class GeneratedAgreementTests(Chromium chromium)
{
    private const int GeneratedFiles = 200;

    // No rates from the 3rd to the 16th: longer than a rate may be old.
    private const string Ecb = """
        Date,USD,JPY,CHF,
        2025-06-27,1.1704,169.53,0.9361,
        2025-06-20,1.1515,168.05,0.9413,
        2025-06-17,1.1550,167.23,0.9407,
        2025-06-02,1.1419,163.35,0.9344,
        2025-05-30,1.1339,163.10,N/A,

        """;

    [Fact]
    public async Task The_page_and_the_host_make_the_same_of_two_hundred_generated_files()
    {
        string ecb = Path.Combine(Directory.CreateTempSubdirectory("billing-ecb-").FullName, "eurofxref-hist.csv");
        await File.WriteAllTextAsync(ecb, Ecb, TestContext.Current.CancellationToken);
        await using Agreement agreement = new();
        int seed = 0;
        foreach ((string reporting, string rates) in ((string, string)[])[("USD", "EUR=1.1,JPY=0.0067,CHF=1.12345"), ("EUR", "ecb:" + ecb), ("JPY", "ecb:" + ecb)])
        {
            await agreement.OpenAsync(chromium, ("ReportingCurrency", reporting), ("Rates", rates));
            for (int last = seed + (reporting == "USD" ? GeneratedFiles / 2 : GeneratedFiles / 4); seed < last; seed++)
            {
                (string text, bool byId) = GeneratedCsv.Of(new Random(seed));
                string name = seed.ToString(CultureInfo.InvariantCulture);
                await agreement.CompareAsync($"generated-{name}.csv", Encoding.UTF8.GetBytes(text), byId ? new SourceLayout { Identity = RecordIdentity.Columns("id") } : null, [seed % 2 == 0 ? null : "generated " + name]);
            }

            await agreement.CloseAsync();
        }

        agreement.AssertHeld();
        Assert.Equal(GeneratedFiles, agreement.Files);
        Assert.InRange(agreement.Converted, 300, int.MaxValue);
        Assert.All((string[])["stored", "duplicate", "conflict", "quarantined"], outcome => Assert.InRange(agreement.Met(outcome), 10, int.MaxValue));
        Assert.InRange(agreement.Met(QuarantineReason.NoRate), 10, int.MaxValue);
    }
}
