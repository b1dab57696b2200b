using System.Text;
using CsvHelper;

namespace Billing.Console.Tests.EndToEnd;

/// <summary><c>--csv</c>: whole, exact, and no formula for a spreadsheet.</summary>
public sealed class CsvOutputTests : IDisposable
{
    private readonly Workplace _place = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Records_summary_and_quarantine_are_written_whole_and_exact()
    {
        await _place.IngestInvoicesAsync();
        Run records = await WriteAsync("records");
        Assert.Equal((0, "41 rows written to <file>.\n"), (records.ExitCode, records.Out));
        List<string[]> rows = Read("records");
        Run json = await _place.BillingAsync("records", "--store", _place.Store, "--all", "--json");
        Assert.Equal(
            json.Json.GetProperty("records").EnumerateArray().Select(record => (record.GetProperty("key").GetString(), record.GetProperty("amount").GetProperty("amount").GetString(), record.GetProperty("party").GetString())),
            rows.Skip(1).Select(row => ((string?)row[0], (string?)row[6], (string?)row[3])));
        Assert.Equal(rows[0].Length, rows.Select(row => row.Length).Distinct().Single());

        Run quarantine = await WriteAsync("quarantine");
        Assert.Equal((0, "4 rows written to <file>.\n"), (quarantine.ExitCode, quarantine.Out));
        Assert.Equal(["unknown_currency", "bad_date", "rule_failed", "rule_failed"], Read("quarantine").Skip(1).Select(row => row[6]));

        // What is closed, and how, stands in the file too.
        string dismissed = Read("quarantine")[1][0];
        Assert.Equal(0, (await _place.BillingAsync("quarantine", "dismiss", dismissed, "--because", "=test row", "--store", _place.Store)).ExitCode);
        Assert.Equal(0, (await WriteAsync("quarantine", "--resolved", "--force")).ExitCode);
        Assert.Equal("'=test row", Assert.Single(Read("quarantine").Skip(1), row => row[0] == dismissed)[^3]);
        Assert.Equal(3, Read("quarantine").Skip(1).Count(row => row[^3].Length == 0));

        Run summary = await WriteAsync("summary");
        Assert.Equal((0, "1 row written to <file>.\n"), (summary.ExitCode, summary.Out));
        Assert.Equal("month,rows,billed_CAD,billed_MXN,billed_USD,in_USD\r\n2025-06,41,25884.44,215297.4,1280252.25,1312368.12\r\n", await File.ReadAllTextAsync(_place.PathTo("summary.csv"), Token));
    }

    [Fact]
    public async Task A_text_that_a_spreadsheet_would_run_has_an_apostrophe_and_nothing_is_lost()
    {
        string[] parties = ["=1+1", "+49 89", "-x", "@sum", "'=1", "''+1", "'quoted'", "a=b", "line\nbreak", "say \"hi\", twice", "＝1", "Acme"];
        StringBuilder text = new("date,party,amount,currency\n");
        foreach (string party in parties)
        {
            text.Append("2025-06-02,\"").Append(party.Replace("\"", "\"\"", StringComparison.Ordinal)).Append("\",-10.50,USD\n");
        }

        await _place.BillingAsync("ingest", _place.Write("june.csv", text.ToString()), "--store", _place.Store);
        Run run = await WriteAsync("records");
        Assert.Equal("billing: warning: 7 texts in <file> could be run as a formula by a spreadsheet; each has an apostrophe before it.\n", run.Error);
        string[] written = [.. Read("records").Skip(1).Select(row => row[3])];
        Assert.DoesNotContain(written, party => party[0] is '=' or '+' or '-' or '@' or '＝');
        Assert.Equal(parties.Order(StringComparer.Ordinal), written.Select(Unmarked).Order(StringComparer.Ordinal));
        Assert.All(Read("records").Skip(1), row => Assert.Equal("-10.50", row[6]));
    }

    [Fact]
    public async Task A_file_that_is_there_is_written_over_only_by_force_and_no_part_of_one_is_left()
    {
        await _place.IngestInvoicesAsync();
        _place.Write("records.csv", "mine");
        Run refused = await WriteAsync("records");
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Equal("mine", await File.ReadAllTextAsync(_place.PathTo("records.csv"), Token));
        Assert.Equal(0, (await WriteAsync("records", "--force")).ExitCode);
        Assert.Equal(42, Read("records").Count);
        Assert.Equal(ExitCode.Usage, (await WriteAsync("records", "--force", "--json")).ExitCode);

        Run failed = await WriteAsync("quarantine", "--token", "nonsense");
        Assert.Equal(ExitCode.Usage, failed.ExitCode);
        Assert.False(File.Exists(_place.PathTo("quarantine.csv")));
        Assert.Empty(Directory.GetFiles(_place.Folder, "*.part"));
    }

    private static string Unmarked(string text) => text.Length > 1 && text[0] == '\'' && text.TrimStart('\'') is [var first, ..] && first is '=' or '+' or '-' or '@' or '＝' ? text[1..] : text;

    private async Task<Run> WriteAsync(string command, params string[] more)
    {
        string file = _place.PathTo($"{command}.csv");
        Run run = await _place.BillingAsync([command, "--store", _place.Store, "--csv", file, .. more]);
        return run with { Out = run.Out.Replace(file, "<file>", StringComparison.Ordinal), Error = run.Error.Replace(file, "<file>", StringComparison.Ordinal) };
    }

    private List<string[]> Read(string command)
    {
        using CsvReader reader = CsvReader.Create(File.ReadAllBytes(_place.PathTo($"{command}.csv")).AsMemory(), new CsvReaderOptions { HasHeader = false, Separator = ',' });
        List<string[]> rows = [];
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        }

        return rows;
    }
}
