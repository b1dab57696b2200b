using System.Text.Json;

namespace Billing.Console.Tests.EndToEnd;

/// <summary>What can be read from a store after the sample invoices were ingested.</summary>
public sealed class QueryTests : IAsyncLifetime
{
    private readonly Workplace _place = new();

    public async ValueTask InitializeAsync() => await _place.IngestInvoicesAsync();

    public ValueTask DisposeAsync()
    {
        _place.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("records", null, "records")]
    [InlineData("records-80", 80, "records")]
    [InlineData("records-filtered", 100, "records --currency cad --from 2025-06-03 --to 2025-06-12")]
    [InlineData("records-page", 100, "records --page-size 3")]
    [InlineData("records-none", 100, "records --party Nobody")]
    [InlineData("summary-month", 100, "summary")]
    [InlineData("summary-category", 100, "summary --by category")]
    [InlineData("summary-party", 80, "summary --by party --category meat")]
    [InlineData("summary-currency", 100, "summary --by currency")]
    [InlineData("runs", 120, "runs")]
    [InlineData("runs-80", 80, "runs")]
    [InlineData("quarantine", 80, "quarantine")]
    [InlineData("quarantine-redirected", null, "quarantine list")]
    [InlineData("quarantine-reason", 80, "quarantine list --reason bad_date")]
    public async Task For_people(string golden, int? width, string command)
    {
        Run run = await _place.BillingAsync(width, [.. command.Split(' '), "--store", _place.Store]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        // A token is opaque.
        string text = System.Text.RegularExpressions.Regex.Replace(run.Out, @"--token\s+\S+", "--token <token>");
        _place.Check($"query-{golden}.txt", text);
    }

    [Theory]
    [InlineData("records", "records --currency cad --from 2025-06-03 --to 2025-06-04")]
    [InlineData("summary", "summary --by currency")]
    [InlineData("runs", "runs")]
    [InlineData("quarantine", "quarantine")]
    public async Task As_one_document(string golden, string command)
    {
        Run run = await _place.BillingAsync([.. command.Split(' '), "--store", _place.Store, "--json"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        _place.Check($"query-{golden}.json", run.Out);
    }

    [Fact]
    public async Task Pages_follow_one_another_by_token_and_all_is_all()
    {
        List<string> keys = [];
        string? token = null;
        do
        {
            Run page = await _place.BillingAsync(["records", "--page-size", "7", "--store", _place.Store, "--json", .. token is null ? (string[])[] : ["--token", token]]);
            keys.AddRange(Keys(page));
            token = page.Json.GetProperty("continuationToken").GetString();
        }
        while (token is not null);

        Run all = await _place.BillingAsync("records", "--all", "--store", _place.Store, "--json");
        Assert.Equal(41, keys.Count);
        Assert.Equal(keys, Keys(all));
        Assert.Equal(JsonValueKind.Null, all.Json.GetProperty("continuationToken").ValueKind);

        static IEnumerable<string> Keys(Run run) => run.Json.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("key").GetString()!);
    }

    [Theory]
    [InlineData("month")]
    [InlineData("category")]
    [InlineData("party")]
    [InlineData("currency")]
    public async Task Every_summary_adds_up_to_what_was_stored(string by)
    {
        Run run = await _place.BillingAsync("summary", "--by", by, "--store", _place.Store, "--json");
        Assert.Equal(
            """{"rows":41,"billed":[{"currency":"CAD","amount":"25884.44"},{"currency":"MXN","amount":"215297.4"},{"currency":"USD","amount":"1280252.25"}],"reporting":[{"currency":"USD","amount":"1312368.12"}]}""",
            JsonSerializer.Serialize(run.Json.GetProperty("total")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is no database, only a text that is long enough to be taken for one, were nobody to look at its first bytes closely")]
    public async Task A_file_that_is_no_ledger_is_a_failure_in_one_line_and_stays_as_it_is(string content)
    {
        string file = _place.Write("other.db", content);
        Run run = await _place.BillingAsync("records", "--store", "sqlite:" + file);
        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Out));
        Assert.StartsWith("billing: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
        Assert.Equal(content, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_token_of_nothing_is_wrong_usage()
    {
        Run run = await _place.BillingAsync("records", "--store", _place.Store, "--token", "nonsense");
        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Out));
        Assert.StartsWith("billing: --token is not a token of this listing.", run.Error, StringComparison.Ordinal);
    }
}
