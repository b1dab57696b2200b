namespace Billing.Console.Tests.EndToEnd;

/// <summary>A store is shown as it was when a run or an entry had ended.</summary>
public sealed class AsOfTests
{
    [Fact]
    public async Task Records_summary_and_runs_are_those_of_then()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        string entry = await months.RevertAsync(months.JuneRun);
        await months.IngestAsync("july.csv", "2025-07-01,Later,1.00,USD\n");
        Assert.Equal("Acme 10.00, Bakery 5.50", await months.RecordsAsync("--as-of", months.MayRun));
        Assert.Equal("Acme 10.00, Bakery 5.50, Acme 20.00, Cafe 7.25", await months.RecordsAsync("--as-of", months.JuneRun));
        Assert.Equal("Acme 10.00, Bakery 5.50", await months.RecordsAsync("--as-of", entry));
        Assert.Equal("Acme 10.00, Bakery 5.50, Later 1.00", await months.RecordsAsync());
        Assert.Equal("Cafe 7.25", await months.RecordsAsync("--party", "Cafe", "--as-of", months.JuneRun));

        months.Place.Check("as-of-records.txt", (await months.BillingAsync("records --as-of", months.JuneRun)).Out);
        months.Place.Check("as-of-summary.txt", (await months.BillingAsync("summary --as-of", entry)).Out);
        months.Place.Check("as-of-summary.json", (await months.JsonAsync("summary --as-of", months.JuneRun)).Out);
        months.Place.Check("as-of-runs.txt", (await months.BillingAsync("runs --as-of", months.JuneRun)).Out);
        Assert.Equal(
            $$"""{"id":"{{entry}}","kind":"revert"}""",
            System.Text.RegularExpressions.Regex.Replace(System.Text.Json.JsonSerializer.Serialize((await months.JsonAsync("records --as-of", entry)).Json.GetProperty("asOf")), ",\"at\":\"[^\"]*\"", ""));
    }

    [Fact]
    public async Task Pages_of_then_follow_one_another()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        await months.RevertAsync(months.JuneRun);
        Run first = await months.JsonAsync("records --page-size 3 --as-of", months.JuneRun);
        Run second = await months.JsonAsync("records --page-size 3 --as-of", months.JuneRun, "--token", first.Json.GetProperty("continuationToken").GetString()!);
        Assert.Equal((3, 1), (first.Json.GetProperty("records").GetArrayLength(), second.Json.GetProperty("records").GetArrayLength()));
    }

    [Theory]
    [InlineData("records")]
    [InlineData("summary")]
    [InlineData("runs")]
    public async Task An_id_of_nothing_is_a_failure(string command)
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        foreach (string id in (string[])["nobody", "né", "a b"])
        {
            Run run = await months.JsonAsync($"{command} --as-of", id);
            Assert.Equal(ExitCode.Failed, run.ExitCode);
            Assert.Contains($"has no run and no entry with the id {id}.", run.Json.GetProperty("error").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(ExitCode.Usage, (await months.BillingAsync($"{command} --as-of", " ")).ExitCode);
    }
}
