using System.Text.Json;

namespace Billing.Console.Tests.EndToEnd;

/// <summary>Rates that come late or are revised, and rules that are applied to what is stored.</summary>
public sealed class RestateTests
{
    [Fact]
    public async Task A_rate_that_comes_late_releases_its_row_once()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        Run run = await months.BillingAsync("rates add --rates CAD=0.75");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("balanced: read 1 = stored 1 + duplicate 0 + conflict 0 + quarantined 0", run.Out, StringComparison.Ordinal);
        Assert.Equal("Acme 10.00, Bakery 5.50, Acme 20.00, Cafe 7.25, Nobody 1.00", await months.RecordsAsync());

        Run again = await months.BillingAsync("rates add --rates CAD=0.75");
        Assert.Equal((0, "No row waits for a rate, or these rates were tried before.\n"), (again.ExitCode, again.Out));
        Assert.Equal("[]", JsonSerializer.Serialize((await months.JsonAsync("rates add --rates CAD=0.75")).Json.GetProperty("sources")));
        Run none = await months.BillingAsync("rates add");
        Assert.Equal(ExitCode.Usage, none.ExitCode);
        Assert.Contains("--rates: name the rates", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revised_rates_are_shown_then_made_a_numbered_restatement_and_taken_back()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        Run dry = await months.BillingAsync("restate --rates EUR=1.20 --dry-run");
        months.Place.Check("restate-dry-run.txt", dry.Out);
        Assert.Equal("[]", JsonSerializer.Serialize((await months.JsonAsync("entries")).Json.GetProperty("entries")));

        Run made = await months.BillingAsync("restate --rates EUR=1.20 --reason", "the bank revised it");
        Assert.Equal((0, ""), (made.ExitCode, made.Error));
        months.Place.Check("restate.txt", made.Out);
        Run second = await months.JsonAsync("restate --rates EUR=1.25 --from 2025-06-01");
        JsonElement entry = second.Json.GetProperty("entry");
        Assert.Equal((2, 1), (entry.GetProperty("number").GetInt32(), second.Json.GetProperty("changes").GetArrayLength()));

        string before = (await months.BillingAsync("summary --by month --as-of", months.JuneRun)).Out;
        await months.RevertAsync(entry.GetProperty("id").GetString()!);
        await months.RevertAsync((await months.JsonAsync("entries")).Json.GetProperty("entries").EnumerateArray().Last().GetProperty("id").GetString()!);
        Assert.Equal(Rows(before), Rows((await months.BillingAsync("summary --by month")).Out));
        Assert.Equal(0, (await months.BillingAsync("verify")).ExitCode);

        static string Rows(string text) => text[text.IndexOf("Month", StringComparison.Ordinal)..];
    }

    [Fact]
    public async Task Without_all_rates_nothing_is_restated()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        Run run = await months.BillingAsync("restate --rates CAD=0.8");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("The revised rates have none for EUR on 2025-05-30 (may.csv:2), EUR on 2025-06-02 (june.csv:3). Nothing is restated.", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, (await months.BillingAsync("restate")).ExitCode);
    }

    [Fact]
    public async Task Rules_are_applied_as_an_entry_that_can_be_taken_back()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        string rules = months.Place.Write("rules.json", """{ "rules": [ { "name": "acme", "when": { "party": { "is": "Acme" } }, "category": "Tools" } ] }""");
        Run run = await months.BillingAsync("rules apply", rules, "--reason", "new plan");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        months.Place.Check("rules-apply.txt", run.Out);
        Assert.Equal("Acme 10.00, Acme 20.00", await months.RecordsAsync("--category", "Tools"));
        Assert.Equal("[]", JsonSerializer.Serialize((await months.JsonAsync("rules try", rules)).Json.GetProperty("moves")));

        await months.RevertAsync((await months.JsonAsync("entries")).Json.GetProperty("entries")[0].GetProperty("id").GetString()!);
        Assert.Equal("", await months.RecordsAsync("--category", "Tools"));
    }
}
