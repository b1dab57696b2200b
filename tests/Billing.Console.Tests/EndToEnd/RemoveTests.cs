using System.Text.Json;

namespace Billing.Console.Tests.EndToEnd;

/// <summary>Records are removed on purpose, and put back.</summary>
public sealed class RemoveTests
{
    [Fact]
    public async Task Records_are_removed_by_line_and_by_key_and_put_back_together()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        string cafe = await months.KeyAsync("Cafe");
        // Named twice, it is one record.
        Run run = await months.BillingAsync("remove may.csv:2", cafe, "june.csv:4", "--reason", "private");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        months.Place.Check("remove.txt", run.Out);
        Assert.Equal("Bakery 5.50, Acme 20.00", await months.RecordsAsync());

        string id = (await months.JsonAsync("entries")).Json.GetProperty("entries")[0].GetProperty("id").GetString()!;
        Run back = await months.BillingAsync("revert", id);
        months.Place.Check("revert-removal.txt", back.Out);
        Assert.Equal("Acme 10.00, Bakery 5.50, Acme 20.00, Cafe 7.25", await months.RecordsAsync());
    }

    [Fact]
    public async Task What_was_removed_stays_removed_and_the_statement_says_so()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        await months.BillingAsync("remove june.csv:4 --reason private");
        string[] again = ["ingest", months.Place.PathTo("june.csv"), "--rates", "EUR=1.10", "--store", months.Store];
        months.Place.Check("ingest-removed.txt", (await months.Place.BillingAsync(100, again)).Out);
        Assert.Equal(
            """{"rows":1,"money":[{"currency":"USD","amount":"7.25"}]}""",
            JsonSerializer.Serialize((await months.Place.BillingAsync([.. again, "--json"])).Json.GetProperty("sources")[0].GetProperty("removed")));
        Assert.Equal("Acme 10.00, Bakery 5.50, Acme 20.00", await months.RecordsAsync());
    }

    [Fact]
    public async Task The_document_has_the_entry_and_what_was_there()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        months.Place.Check("remove.json", (await months.JsonAsync("remove june.csv:4 --reason private")).Out);
    }

    [Fact]
    public async Task What_is_not_one_stored_record_is_refused_and_nothing_is_removed()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        await months.IngestAsync("june.csv", "2025-07-01,Other,1.00,USD\n2025-07-02,Other,2.00,USD\n");
        string none = new('0', 64);
        foreach ((string record, int code, string why) in ((string, int, string)[])
        [
            ("june.csv:99", ExitCode.Failed, "has no record of line 99 of june.csv. Nothing was removed."),
            (none, ExitCode.Failed, $"has no record with the key {none}. Nothing was removed."),
            ("june.csv:3", ExitCode.Usage, "has 2 of that source and line. Nothing was removed. Name one by its key: "),
            ("june.csv:5", ExitCode.Failed, "has no record of line 5 of june.csv. Nothing was removed."),
        ])
        {
            Run run = await months.JsonAsync("remove may.csv:2", record, "--reason", "test");
            Assert.Equal(code, run.ExitCode);
            Assert.Contains(why, run.Json.GetProperty("error").GetString()!, StringComparison.Ordinal);
        }

        Run blank = await months.JsonAsync("remove may.csv:2 --reason", " ");
        Assert.Equal((ExitCode.Usage, "--reason: say why, in a few words."), (blank.ExitCode, blank.Json.GetProperty("error").GetString()));
        Assert.Equal(0, (await months.JsonAsync("entries")).Json.GetProperty("entries").GetArrayLength());
    }

    [Fact]
    public async Task The_life_of_a_record_is_told_also_where_it_is_not_stored_any_more()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        string cafe = await months.KeyAsync("Cafe");
        await months.BillingAsync("remove june.csv:4 --reason private");
        Assert.Equal("taken_out", (await months.ExplainAsync(cafe)).GetProperty("outcome").GetString());
        Assert.Equal("taken_out", (await months.ExplainAsync(months.Place.PathTo("june.csv:4"))).GetProperty("outcome").GetString());
        months.Place.Check("explain-removed.txt", (await months.BillingAsync("explain june.csv:4")).Out);

        string removal = (await months.JsonAsync("entries")).Json.GetProperty("entries")[0].GetProperty("id").GetString()!;
        await months.RevertAsync(removal);
        Assert.Equal("stored", (await months.ExplainAsync(cafe)).GetProperty("outcome").GetString());
        months.Place.Check("explain-life.json", (await months.JsonAsync("explain", cafe)).Out);
        Assert.Equal(2, (await months.ExplainAsync(months.Place.PathTo("june.csv:4"))).GetProperty("changes").GetArrayLength());

        await months.RevertAsync(months.JuneRun);
        months.Place.Check("explain-taken-back.txt", (await months.BillingAsync("explain", cafe)).Out);
        await months.RevertAsync(months.MayRun);
        // Bakery was first of May, then of June, before it left.
        Assert.Contains("knows no record of line 9", (await months.JsonAsync("explain june.csv:9")).Json.GetProperty("error").GetString(), StringComparison.Ordinal);
    }
}
