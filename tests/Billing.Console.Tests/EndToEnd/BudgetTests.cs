using System.Globalization;
using System.Text.Json;

namespace Billing.Console.Tests.EndToEnd;

/// <summary>Budgets and unusual amounts of a month.</summary>
public sealed class BudgetTests
{
    [Fact]
    public async Task Budgets_show_what_is_spent_and_with_which_record_a_share_was_reached()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        string rules = months.Place.Write("rules.json", """{ "rules": [ { "name": "acme", "when": { "party": { "is": "Acme" } }, "category": "Tools" } ] }""");
        await months.BillingAsync("rules apply", rules);
        string file = months.Place.Write("budgets.json", """{ "budgets": [ { "category": "Tools", "amount": 20 }, { "category": "", "amount": 50, "alerts": [10] }, { "amount": "30.00" }, { "category": "Travel", "month": "2025-07", "amount": 1 } ] }""");
        Run run = await months.BillingAsync("budget --month 2025-06 --file", file);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        months.Place.Check("budget.txt", run.Out);
        JsonElement json = (await months.JsonAsync("budget --month 2025-06 --file", file)).Json;
        Assert.Equal(["22", "7.25", "29.25"], json.GetProperty("budgets").EnumerateArray().Select(budget => budget.GetProperty("spent").GetString()));
        Assert.Equal("Acme", json.GetProperty("budgets")[0].GetProperty("alerts")[1].GetProperty("crossedBy").GetProperty("record").GetProperty("party").GetString());

        Run wrong = await months.BillingAsync("budget --month 2025-06 --file", months.Place.Write("wrong.json", "{ \"budgets\": [\n { \"amount\": -1 } ] }"));
        Assert.Equal(ExitCode.Usage, wrong.ExitCode);
        Assert.Contains("wrong.json(2): 'amount' must be an amount over zero", wrong.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal("No budget holds for 2025-05.\n", (await months.BillingAsync("budget --month 2025-05 --file", months.Place.Write("july.json", """{ "budgets": [ { "month": "2025-07", "amount": 1 } ] }"""))).Out);
    }

    [Fact]
    public async Task Unusual_amounts_are_shown_with_what_is_usual()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        await months.IngestAsync("rent.csv", string.Concat(Enumerable.Range(1, 9).Select(i => string.Create(CultureInfo.InvariantCulture, $"2025-0{(i + 4) / 5}-1{i},Landlord,{500 + i}.00,USD\n"))) + "2025-06-03,Landlord,5010.00,USD\n");
        Run run = await months.BillingAsync("unusual --month 2025-06");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        months.Place.Check("unusual.txt", run.Out);
        JsonElement found = Assert.Single((await months.JsonAsync("unusual --month 2025-06")).Json.GetProperty("unusual").EnumerateArray());
        Assert.Equal(("505.00", "5010.00, usually 501.00 to 509.00 (median 505.00) over 9 records"), (found.GetProperty("median").GetString(), found.GetProperty("reason").GetString()));
        Assert.Equal("No amount of 2025-05 is unlike earlier ones of its party. Parties with fewer than 8 earlier records\nare not judged.\n", (await months.BillingAsync("unusual --month 2025-05")).Out);
    }
}
