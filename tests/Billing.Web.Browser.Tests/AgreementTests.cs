using System.Text;
using System.Text.Json;
using Billing.Web.Client.Importing;
using Microsoft.Playwright;

namespace Billing.Web.Browser.Tests;

/// <summary>The pipeline in the browser, trimmed and interpreted, comes to the same as under .NET, for every file of ../shared/cases: outcome, key, amounts, category, byte for byte.</summary>
public sealed class AgreementTests(Chromium chromium)
{
    private static string CasesFile => Repository.PathTo("..", "shared", "cases", "cases.json");

    [Fact]
    public async Task Browser_and_NET_make_the_same_of_every_file_of_the_cases()
    {
        Assert.SkipUnless(File.Exists(CasesFile), "left out: ../shared/cases is not beside this repository");
        using JsonDocument cases = JsonDocument.Parse(await File.ReadAllBytesAsync(CasesFile, TestContext.Current.CancellationToken));
        await using StaticHost host = await StaticHost.StartAsync();
        List<string> differences = [];
        await using WatchedPage watched = await chromium.OpenAsync(host.Address);
        int files = 0;
        int read = 0;
        foreach (IGrouping<string, JsonElement> group in cases.RootElement.EnumerateArray().GroupBy(one => $"{one.GetProperty("currency").GetString()} {one.GetProperty("rules")}"))
        {
            host.ReportingCurrency = group.First().GetProperty("currency").GetString()!;
            host.Rules = group.First().GetProperty("rules") is { ValueKind: JsonValueKind.Object } rules ? rules.GetRawText() : """{ "rules": [] }""";
            await watched.GoAsync("/app/import");
            foreach (JsonElement one in group)
            {
                foreach (JsonElement file in one.GetProperty("files").EnumerateArray())
                {
                    files++;
                    byte[] bytes = file.TryGetProperty("text", out JsonElement text) ? Encoding.UTF8.GetBytes(text.GetString()!) : file.GetProperty("base64").GetBytesFromBase64();
                    string name = file.GetProperty("name").GetString()!;
                    string here = await HereAsync(name, bytes, one, host);
                    string there = await InBrowserAsync(watched.Page, name, bytes, one);
                    read += here.StartsWith("refused", StringComparison.Ordinal) ? 0 : 1;
                    if (here != there)
                    {
                        differences.Add($"{one.GetProperty("id").GetString()}, {name}:\n.NET:\n{here}\nbrowser:\n{there}");
                    }
                }
            }
        }

        watched.AssertQuiet();
        Assert.InRange(files, 100, int.MaxValue);
        Assert.InRange(read, 90, files);
        Assert.True(differences.Count == 0, string.Join("\n\n", differences));
    }

    private static async Task<string> HereAsync(string name, byte[] bytes, JsonElement one, StaticHost host)
    {
        try
        {
            SourceLayout layout = (await LocalPipeline.InspectAsync(name, bytes, SourceLayout.Default)).Layout;
            if (LayoutOf(one) is { } stated)
            {
                layout = (await LocalPipeline.InspectAsync(name, bytes, SourceLayout.Parse(stated, "case.layout.json"))).Layout;
            }

            LocalPreview preview = await LocalPipeline.RunAsync(name, bytes, new LocalTerms
            {
                Layout = layout,
                ReportingCurrency = host.ReportingCurrency,
                Rates = RatesOf(one) is { } rates ? FixedRates.Parse(rates, host.ReportingCurrency) : null,
                Rules = CategoryRules.Parse(host.Rules),
            });
            return preview.Report is null ? $"refused: {preview.Fault}" : Encoding.UTF8.GetString(PreviewCsv.Write(preview));
        }
        catch (Exception unreadable) when (unreadable is SourceFormatException or BillingConfigurationException or InvalidDataException)
        {
            return $"refused: {unreadable.Message}";
        }
    }

    private static async Task<string> InBrowserAsync(IPage page, string name, byte[] bytes, JsonElement one)
    {
        if (await page.Locator("#file").CountAsync() > 0)
        {
            await page.Locator("#file button.plain").ClickAsync();
            await Assertions.Expect(page.Locator("#file")).ToHaveCountAsync(0);
        }

        await page.Locator("#files").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = bytes });
        int reads = 1;
        await ReadAsync(page, reads);
        if (LayoutOf(one) is { } stated && await page.Locator("#l-file").CountAsync() > 0)
        {
            await page.Locator("#l-file").SetInputFilesAsync(new FilePayload { Name = "case.layout.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(stated) });
            await ReadAsync(page, ++reads);
        }

        if (RatesOf(one) is { } rates && await page.Locator("#l-rates").CountAsync() > 0)
        {
            await page.Locator("#l-rates").FillAsync(rates);
            await page.Locator("#l-rates").BlurAsync();
            await ReadAsync(page, ++reads);
        }

        if (await page.Locator("#local-title").CountAsync() == 0)
        {
            return $"refused: {await page.Locator(".note.bad p").First.TextContentAsync()}";
        }

        if (await page.Locator("#save-preview").IsDisabledAsync())
        {
            return $"refused: {await page.Locator("section:has(#local-title) .note.bad p").First.TextContentAsync()}";
        }

        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.Locator("#save-preview").ClickAsync());
        return await File.ReadAllTextAsync(await download.PathAsync());
    }

    private static Task ReadAsync(IPage page, int reads) => Assertions.Expect(page.Locator($"#file[data-reads=\"{reads}\"]")).ToHaveCountAsync(1);

    private static string? LayoutOf(JsonElement one) => one.GetProperty("layout") is { ValueKind: JsonValueKind.Object } layout ? layout.GetRawText() : null;

    // The rates of the central bank are a file on the host: the browser is not given them.
    private static string? RatesOf(JsonElement one) => one.GetProperty("rates").GetString() is { } rates && !rates.StartsWith("ecb:", StringComparison.Ordinal) ? rates : null;
}
