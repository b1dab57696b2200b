using System.Text;
using System.Text.Json;

namespace Billing.Web.Browser.Tests;

/// <summary>
/// What the page shows of a file before anything of it is sent is what the host then stores: outcome, reason, key, amounts and category of every row. The pipeline of the page is trimmed and
/// interpreted; rules and rates are those that it is given by the host.
/// </summary>
public sealed class AgreementTests(Chromium chromium)
{
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

    private static SourceLayout? LayoutOf(JsonElement one)
    {
        SourceLayout? layout = one.GetProperty("layout") is { ValueKind: JsonValueKind.Object } stated ? SourceLayout.Parse(stated.GetRawText(), "case.layout.json") : null;
        return one.GetProperty("identity").GetString() is { } identity ? (layout ?? new SourceLayout()) with { Identity = RecordIdentity.Parse(identity) } : layout;
    }
}
