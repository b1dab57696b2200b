using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Billing.Console.Tests.EndToEnd;

/// <summary>The report of a month, its closing and its restatements.</summary>
public sealed partial class ReportTests
{
    private const string Rules = """{ "rules": [ { "name": "acme", "when": { "party": { "is": "Acme" } }, "category": "Tools", "flag": "new" }, { "name": "rest", "when": {}, "category": "Food" } ] }""";

    [Fact]
    public async Task A_month_is_shown_with_the_month_before_and_its_files_are_the_same_bytes_again()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        string rules = months.Place.Write("rules.json", Rules);
        Run run = await months.BillingAsync("report --month 2025-06 --rules", rules);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        months.Place.Check("report.txt", run.Out);

        string[] paths = [months.Place.PathTo("a.csv"), months.Place.PathTo("a.xlsx"), months.Place.PathTo("a.html")];
        Run files = await months.BillingAsync("report --month 2025-06 --csv", paths[0], "--xlsx", paths[1], "--html", paths[2]);
        Assert.Equal((0, ""), (files.ExitCode, files.Error));
        byte[][] bytes = [.. paths.Select(File.ReadAllBytes)];
        Run taken = await months.BillingAsync("report --month 2025-06 --csv", paths[0]);
        Assert.Equal((ExitCode.Usage, $"billing: The file '{paths[0]}' already exists. Name another one, or overwrite it with --force."), (taken.ExitCode, taken.Error.ReplaceLineEndings(" ").Trim()));
        Assert.Equal(0, (await months.BillingAsync("report --month 2025-06 --force --csv", paths[0], "--xlsx", paths[1], "--html", paths[2])).ExitCode);
        Assert.Equal(bytes, paths.Select(File.ReadAllBytes));

        JsonElement report = (await months.JsonAsync("report --month 2025-06")).Json.GetProperty("report");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes[0])), report.GetProperty("sha256").GetString());
        Assert.Equal(("2025-06", 2, "29.25"), (report.GetProperty("month").GetString(), report.GetProperty("lines").GetArrayLength(), report.GetProperty("reporting").GetProperty("money").GetProperty("USD").GetString()));
    }

    [Fact]
    public async Task A_closed_month_stays_and_what_comes_later_is_a_numbered_restatement()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        Run open = await months.BillingAsync("report --month 2025-06 --close");
        Assert.Equal(ExitCode.Failed, open.ExitCode);
        Assert.Contains("2025-06 is not complete, and was not closed: the month is not over: it ends on 2025-06-30; 1 row dated in the month is in quarantine (june.csv:5).", open.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);

        Run closed = await months.BillingAsync("report --month 2025-06 --close --incomplete --reason", "the last day is a Monday");
        Assert.Equal((0, ""), (closed.ExitCode, closed.Error));
        months.Place.Check("report-close.txt", Digest().Replace(closed.Out, "<sha256>"));
        string csv = months.Place.PathTo("closed.csv");
        await months.BillingAsync("report --month 2025-06 --csv", csv);
        byte[] bytes = File.ReadAllBytes(csv);
        Run again = await months.BillingAsync("report --month 2025-06 --close --incomplete");
        Assert.Contains("Nothing changed in 2025-06 since it was closed, so nothing was written.", again.Out, StringComparison.Ordinal);

        await months.BillingAsync("rates add --rates CAD=0.75");
        await months.BillingAsync("remove june.csv:4 --reason", "private");
        await months.BillingAsync("restate --rates EUR=1.20,CAD=0.75");
        Run changed = await months.BillingAsync("report --month 2025-06");
        months.Place.Check("report-changed.txt", Digest().Replace(changed.Out, "<sha256>"));
        await months.BillingAsync("report --month 2025-06 --force --csv", csv);
        Assert.Equal(bytes, File.ReadAllBytes(csv));

        Run restated = await months.BillingAsync("report --month 2025-06 --close --incomplete");
        months.Place.Check("report-restated.txt", Digest().Replace(restated.Out, "<sha256>"));
        Assert.Equal(Table(restated.Out), Table((await months.BillingAsync("report --month 2025-06 --restatement 1")).Out));
        JsonElement json = (await months.JsonAsync("report --month 2025-06 --restatement 1")).Json.GetProperty("restatement");
        Assert.Equal((1, 1, 1), (json.GetProperty("added").GetArrayLength(), json.GetProperty("takenAway").GetArrayLength(), json.GetProperty("changed").GetArrayLength()));
        await months.BillingAsync("report --month 2025-06 --restatement 0 --force --csv", csv);
        Assert.Equal(bytes, File.ReadAllBytes(csv));

        Assert.Equal(ExitCode.Failed, (await months.BillingAsync("report --month 2025-06 --restatement 7")).ExitCode);
        Assert.Equal(0, (await months.BillingAsync("verify")).ExitCode);
        JsonElement[] entries = [.. (await months.JsonAsync("entries")).Json.GetProperty("entries").EnumerateArray().Where(entry => entry.GetProperty("kind").GetString() == "closing")];
        Assert.Equal(["2025-06", "2025-06"], entries.Select(entry => entry.GetProperty("month").GetString()));
        Assert.Contains("closing of 2025-06, restatement 1", (await months.BillingAsync("entries")).Out, StringComparison.Ordinal);

        static string Table(string text) => text[..text.IndexOf("2025-06 was closed", StringComparison.Ordinal)];
    }

    [Fact]
    public async Task A_closed_month_is_shown_although_its_rates_have_none_for_what_came_later()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        Run closed = await months.BillingAsync("report --month 2025-06 --close --incomplete --rates EUR=1.20");
        Assert.Equal((0, ""), (closed.ExitCode, closed.Error));
        string total = Assert.Single(closed.Out.Split('\n'), line => line.StartsWith("Total", StringComparison.Ordinal));
        await months.BillingAsync("rates add --rates CAD=0.75");
        Run shown = await months.BillingAsync("report --month 2025-06");
        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        Assert.Contains(total, shown.Out, StringComparison.Ordinal);
        Assert.Contains("What changed since cannot be stated. The rates of the report have none for CAD on 2025-06-09 (june.csv:5).", shown.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        JsonElement json = (await months.JsonAsync("report --month 2025-06")).Json;
        Assert.StartsWith("The rates of the report have none for CAD", json.GetProperty("changesUnknown").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("report")]
    [InlineData("report --month june")]
    [InlineData("report --month 2025-06 --zone Mars/Olympus")]
    [InlineData("report --month 2025-06 --reason x")]
    [InlineData("report --month 2025-06 --restatement -1")]
    [InlineData("report --month 2025-06 --restatement 1 --close")]
    [InlineData("report --month 2025-06 --csv a --xlsx a")]
    public async Task Wrong_usage_is_said(string command)
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        Run run = await months.BillingAsync(command);
        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Out));
        Assert.NotEmpty(run.Error);
    }

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Digest();
}
