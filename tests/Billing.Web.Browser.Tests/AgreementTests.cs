using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Billing.Web.Browser.Tests;

/// <summary>
/// What the page shows of a file before anything of it is sent is what the host then stores: outcome, reason, key, amounts and category of every row. The pipeline of the page is trimmed and
/// interpreted; rules and rates are those that it is given by the host.
/// </summary>
public sealed class AgreementTests(Chromium chromium)
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

    private static string CasesFile => Repository.PathTo("..", "shared", "cases", "cases.json");

    [Fact]
    public async Task The_page_and_the_host_make_the_same_of_every_file_of_the_cases()
    {
        Assert.SkipUnless(File.Exists(CasesFile), "left out: ../shared/cases is not beside this repository");
        using JsonDocument cases = JsonDocument.Parse(await File.ReadAllBytesAsync(CasesFile, TestContext.Current.CancellationToken));
        await using Agreement agreement = new();
        foreach (IGrouping<string, JsonElement> group in cases.RootElement.EnumerateArray().GroupBy(one => $"{one.GetProperty("currency").GetString()} {one.GetProperty("rates")} {one.GetProperty("rules")}"))
        {
            JsonElement first = group.First();
            string rules = Path.Combine(Directory.CreateTempSubdirectory("billing-rules-").FullName, "rules.json");
            await File.WriteAllTextAsync(rules, first.GetProperty("rules") is { ValueKind: JsonValueKind.Object } stated ? stated.GetRawText() : """{ "rules": [] }""", TestContext.Current.CancellationToken);
            string rates = (first.GetProperty("rates").GetString() ?? "").Replace("{data}", SharedData.PathTo(), StringComparison.Ordinal);
            await agreement.OpenAsync(chromium, ("ReportingCurrency", first.GetProperty("currency").GetString()!), ("Rates", rates), ("Rules", rules));
            foreach (JsonElement one in group)
            {
                foreach (JsonElement file in one.GetProperty("files").EnumerateArray())
                {
                    byte[] bytes = file.TryGetProperty("text", out JsonElement text) ? Encoding.UTF8.GetBytes(text.GetString()!) : file.GetProperty("base64").GetBytesFromBase64();
                    await agreement.CompareAsync(file.GetProperty("name").GetString()!, bytes, LayoutOf(one), [null, $"case {one.GetProperty("id").GetString()} {agreement.Files}"]);
                }
            }

            await agreement.CloseAsync();
        }

        agreement.AssertHeld();
        Assert.InRange(agreement.Files, 100, int.MaxValue);
        Assert.InRange(agreement.Read, 180, int.MaxValue);
        Assert.InRange(agreement.Converted, 10, int.MaxValue);
    }

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

    private static SourceLayout? LayoutOf(JsonElement one)
    {
        SourceLayout? layout = one.GetProperty("layout") is { ValueKind: JsonValueKind.Object } stated ? SourceLayout.Parse(stated.GetRawText(), "case.layout.json") : null;
        return one.GetProperty("identity").GetString() is { } identity ? (layout ?? new SourceLayout()) with { Identity = RecordIdentity.Parse(identity) } : layout;
    }
}
