using System.Security.Cryptography;
using System.Text.Json;

namespace Billing.Console.Tests.EndToEnd;

public sealed class IngestTests : IDisposable
{
    private readonly Workplace _place = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task The_sample_invoices_are_stored_and_the_statement_balances()
    {
        Run run = await _place.IngestInvoicesAsync();
        Assert.Equal(ExitCode.Quarantined, run.ExitCode);
        _place.Check("ingest-first.txt", run.Out);
        _place.Check("ingest-first-progress.txt", run.Error);
    }

    [Fact]
    public async Task The_document_of_a_first_run_is_the_approved_one()
    {
        Run run = await _place.IngestInvoicesAsync("--json");
        Assert.Equal((ExitCode.Quarantined, ""), (run.ExitCode, run.Error));
        _place.Check("ingest-first.json", run.Out);
    }

    [Fact]
    public async Task A_second_run_stores_nothing_and_counts_duplicates()
    {
        await _place.IngestInvoicesAsync();
        Run run = await _place.IngestInvoicesAsync("--json");
        Assert.Equal(ExitCode.Quarantined, run.ExitCode);
        JsonElement total = run.Json.GetProperty("total");
        Assert.Equal("""{"read":45,"stored":0,"duplicate":41,"conflict":0,"quarantined":4}""", Compact(total.GetProperty("rows")));
        Assert.True(total.GetProperty("balanced").GetBoolean());
        Assert.Equal("0", total.GetProperty("reporting").GetProperty("stored").GetString());
        Run quarantine = await _place.BillingAsync("quarantine", "--store", _place.Store, "--json");
        Assert.Equal(4, quarantine.Json.GetProperty("quarantine").GetArrayLength());
    }

    [Fact]
    public async Task A_file_that_a_run_took_is_known_and_reread_reads_it()
    {
        string june = _place.Write("june.csv", "date,company,amount,currency\n2025-06-01,Acme,10,USD\n2025-06-02,Acme,2.50,CAD\n");
        string[] command = ["ingest", june, "--rates", "CAD=0.75", "--to", _place.Store];
        Run first = await _place.BillingAsync([.. command, "--json"]);
        Assert.Equal("", KnownFrom(first));
        string run = first.Json.GetProperty("sources")[0].GetProperty("runId").GetString()!;

        Assert.Equal(run, KnownFrom(await _place.BillingAsync([.. command, "--dry-run", "--json"])));
        Run second = await _place.BillingAsync([.. command, "--json"]);
        Assert.Equal((ExitCode.Success, run), (second.ExitCode, KnownFrom(second)));
        Assert.Equal("""{"read":2,"stored":0,"duplicate":2,"conflict":0,"quarantined":0}""", Compact(second.Json.GetProperty("total").GetProperty("rows")));
        Assert.True(second.Json.GetProperty("total").GetProperty("balanced").GetBoolean());
        Assert.Equal(JsonValueKind.Null, second.Json.GetProperty("total").GetProperty("knownFrom").ValueKind);
        Assert.Equal(run, (await _place.BillingAsync("runs", "--store", _place.Store, "--json")).Json.GetProperty("runs")[0].GetProperty("knownFrom").GetString());
        _place.Check("ingest-known.txt", (await _place.BillingAsync(command)).Out);

        Run reread = await _place.BillingAsync([.. command, "--reread", "--json"]);
        Assert.Equal("", KnownFrom(reread));
        Assert.Equal(Compact(second.Json.GetProperty("sources")[0].GetProperty("money")), Compact(reread.Json.GetProperty("sources")[0].GetProperty("money")));
    }

    [Fact]
    public async Task Of_a_folder_only_the_new_files_are_read_and_the_whole_balances()
    {
        for (int i = 0; i < 10; i++)
        {
            if (i == 7)
            {
                await _place.BillingAsync("ingest", _place.Folder, "--to", _place.Store);
            }

            _place.Write($"{i}.csv", $"date,company,amount,currency\n2025-06-01,Company {i},{i}.01,USD\n2025-06-01,Company {i},1,EUR\n");
        }

        string[] command = ["ingest", _place.Folder, "--rates", "EUR=1.1", "--to", _place.Store];
        Run run = await _place.BillingAsync([.. command, "--json"]);

        // The first seven left their euros in quarantine, without a rate.
        Assert.Equal(10, run.Json.GetProperty("sources").EnumerateArray().Count(source => source.GetProperty("knownFrom").ValueKind == JsonValueKind.Null && source.GetProperty("replayOf").ValueKind == JsonValueKind.Null));

        // The first of them stores its own, and then the rate releases those of the other six, which come once more as duplicates.
        Assert.Equal(6, run.Json.GetProperty("sources").EnumerateArray().Count(source => source.GetProperty("replayOf").ValueKind == JsonValueKind.String));
        Assert.Equal("""{"read":26,"stored":13,"duplicate":13,"conflict":0,"quarantined":0}""", Compact(run.Json.GetProperty("total").GetProperty("rows")));

        File.Delete(_place.PathTo("9.csv"));
        foreach (string name in (string[])["a.csv", "b.csv", "c.csv"])
        {
            _place.Write(name, $"date,company,amount,currency\n2025-06-01,{name},5,USD\n");
        }

        _place.Check("ingest-known-folder.txt", (await _place.BillingAsync(command)).Out);
    }

    private static string KnownFrom(Run run) => run.Json.GetProperty("sources")[0].GetProperty("knownFrom").GetString() ?? "";

    [Fact]
    public async Task A_dry_run_says_what_a_run_would_do_and_leaves_no_file()
    {
        Run dry = await _place.IngestInvoicesAsync("--dry-run", "--json");
        Assert.Equal(ExitCode.Quarantined, dry.ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(_place.Folder));
        Run real = await _place.IngestInvoicesAsync("--json");
        Assert.Equal(Compact(real.Json.GetProperty("total")), Compact(dry.Json.GetProperty("total")));
    }

    [Fact]
    public async Task A_dry_run_looks_at_the_store_and_leaves_it_as_it_is()
    {
        await _place.IngestInvoicesAsync();
        byte[] before = SHA256.HashData(await File.ReadAllBytesAsync(_place.PathTo("billing.db"), Token));
        string more = _place.Write("more.csv", "id,company_name,country,city,product_line,item,bill_date,currency,bill_amount\n1,New,Canada,Halifax,Meat,Ham,2025-07-01,CAD,10.00\n");
        Run dry = await _place.BillingAsync(["ingest", Workplace.Invoices, more, .. Workplace.InvoiceOptions, "--to", _place.Store, "--dry-run", "--json"]);
        Assert.Equal("""{"read":46,"stored":1,"duplicate":41,"conflict":0,"quarantined":4}""", Compact(dry.Json.GetProperty("total").GetProperty("rows")));
        Assert.Equal(before, SHA256.HashData(await File.ReadAllBytesAsync(_place.PathTo("billing.db"), Token)));
        Run runs = await _place.BillingAsync("runs", "--store", _place.Store, "--json");
        Assert.Equal(3, runs.Json.GetProperty("runs").GetArrayLength());
    }

    [Fact]
    public async Task A_store_in_memory_leaves_no_file()
    {
        Run run = await _place.BillingAsync(["ingest", Workplace.Invoices, .. Workplace.InvoiceOptions, "--to", "memory:"]);
        Assert.Equal(ExitCode.Quarantined, run.ExitCode);
        Assert.Contains("balanced: read 45 = stored 41 + duplicate 0 + conflict 0 + quarantined 4", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("billing quarantine list", run.Out, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_place.Folder));
    }

    [Fact]
    public async Task A_clean_file_gives_exit_code_0()
    {
        string file = _place.Write("clean.csv", "date,amount,currency\n2025-06-30,1.00,USD\n");
        Run run = await _place.BillingAsync("ingest", file, "--to", _place.Store);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("balanced: read 1 = stored 1", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bank_statement_is_read_by_its_own_number_and_date_formats()
    {
        Run run = await _place.BillingAsync("ingest", Workplace.Sample("kontoauszug_juni_2025.csv"), "--layout", Workplace.Sample("layout.bank.json"), "--currency", "EUR", "--to", _place.Store, "--json");
        Assert.Equal(ExitCode.Quarantined, run.ExitCode);
        JsonElement total = run.Json.GetProperty("total");
        Assert.Equal("""{"read":13,"stored":10,"duplicate":0,"conflict":0,"quarantined":3}""", Compact(total.GetProperty("rows")));
        Assert.Equal("""{"bad_amount":1,"bad_date":1,"unknown_currency":1}""", Compact(total.GetProperty("reasons")));
        Assert.Equal("-43446.01", total.GetProperty("reporting").GetProperty("stored").GetString());
        Run records = await _place.BillingAsync("records", "--store", _place.Store, "--text", "Mehl", "--json");
        JsonElement record = Assert.Single(records.Json.GetProperty("records").EnumerateArray());
        Assert.Equal("Mühle Österreicher KG", record.GetProperty("party").GetString());
        Assert.Equal("Mehl Type 550; 2 Paletten", record.GetProperty("description").GetString());
        Assert.Equal("2025-06-04", record.GetProperty("date").GetString());
    }

    [Fact]
    public async Task Transactions_are_told_apart_by_their_id_and_poison_costs_itself()
    {
        Run run = await _place.BillingAsync(
            "ingest", Workplace.Sample("transactions.jsonl"), "--layout", Workplace.Sample("layout.transactions.json"),
            "--rates", Workplace.Sample("rates.json"), "--rules", Workplace.Sample("rules.transactions.json"), "--to", _place.Store, "--json");
        Assert.Equal(ExitCode.Quarantined, run.ExitCode);
        Assert.Equal("""{"read":15,"stored":7,"duplicate":1,"conflict":1,"quarantined":6}""", Compact(run.Json.GetProperty("total").GetProperty("rows")));
        Run summary = await _place.BillingAsync("summary", "--by", "category", "--store", _place.Store, "--json");
        Assert.Equal(
            ["high_value 2", "medium_value 3", "standard 2"],
            summary.Json.GetProperty("groups").EnumerateArray().Select(group => $"{group.GetProperty("group").GetString()} {group.GetProperty("rows").GetInt64()}"));
        Run flagged = await _place.BillingAsync("records", "--flag", "merchant", "--store", _place.Store, "--json");
        Assert.Equal(["t-1003"], flagged.Json.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("sourceId").GetString()!));
    }

    [Fact]
    public async Task A_thousand_real_rows_are_stored_to_the_last_digit_and_again_are_a_thousand_duplicates()
    {
        Assert.SkipUnless(SharedData.IsHere, SharedData.Missing);
        string[] args = ["ingest", SharedData.PathTo("focus-sample", "focus_sample.csv"), "--layout", Workplace.Sample("layout.focus.json"), "--to", _place.Store, "--json"];
        Run first = await _place.BillingAsync(args);
        Assert.Equal(ExitCode.Success, first.ExitCode);
        JsonElement total = first.Json.GetProperty("total");
        Assert.Equal("""[{"currency":"USD","read":"20.52022672899","stored":"20.52022672899","duplicate":"0","conflict":"0","quarantined":"0"}]""", Compact(total.GetProperty("money")));
        Run second = await _place.BillingAsync(args);
        Assert.Equal(ExitCode.Success, second.ExitCode);
        Assert.Equal("""{"read":1000,"stored":0,"duplicate":1000,"conflict":0,"quarantined":0}""", Compact(second.Json.GetProperty("total").GetProperty("rows")));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_costs_only_itself()
    {
        string bad = _place.Write("bad.csv", "what,is,this\n1,2,3\n");
        Run run = await _place.BillingAsync(["ingest", bad, Workplace.Invoices, .. Workplace.InvoiceOptions, "--to", _place.Store, "--json"]);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.StartsWith("billing: bad.csv: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(3, run.Json.GetProperty("sources").GetArrayLength());
        Assert.Equal(1, run.Json.GetProperty("errors").GetArrayLength());
        Assert.Equal(41, run.Json.GetProperty("total").GetProperty("rows").GetProperty("stored").GetInt64());
    }

    [Fact]
    public async Task A_store_that_cannot_be_opened_is_a_failure_in_one_line()
    {
        Run run = await _place.BillingAsync(["ingest", Workplace.Invoices, .. Workplace.InvoiceOptions, "--to", "sqlite:" + _place.PathTo("no-such-folder/billing.db")]);
        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Out));
        _place.Check("ingest-no-folder.txt", run.Error);
    }

    [Theory]
    [InlineData("--layout", "{ \"columns\": { \"datum\": \"x\" } }")]
    [InlineData("--rates", "{ \"rates\": { \"CAD\": \"-1\" } }")]
    [InlineData("--rules", "{ \"rules\": [ { \"name\": \"x\" } ] }")]
    public async Task A_file_of_settings_that_is_wrong_is_wrong_usage_and_nothing_is_read(string option, string content)
    {
        string file = _place.Write("settings.json", content);
        Run run = await _place.BillingAsync("ingest", Workplace.Invoices, option, file, "--to", _place.Store);
        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Out));
        Assert.StartsWith($"billing: {file}(", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_place.PathTo("billing.db")));
    }

    [Fact]
    public async Task Verbose_shows_where_an_error_came_from()
    {
        Run run = await _place.BillingAsync("inspect", "no-such-file.csv", "--verbose");
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("   at Billing.Console.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_with_130_and_says_that_running_again_is_safe()
    {
        using CancellationTokenSource cancellation = new();
        await cancellation.CancelAsync();
        using MemoryStream output = new();
        using StringWriter error = new();
        using Terminal terminal = new(output, error);
        int exitCode = await BillingCommand.RunAsync(["ingest", Workplace.Invoices, .. Workplace.InvoiceOptions, "--to", _place.Store], terminal, cancellation.Token);
        Assert.Equal(ExitCode.Cancelled, exitCode);
        Assert.Contains("running the same command again is safe", error.ToString(), StringComparison.Ordinal);
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);
}
