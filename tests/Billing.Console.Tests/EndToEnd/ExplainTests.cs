using System.Text.Json;

namespace Billing.Console.Tests.EndToEnd;

public sealed class ExplainTests : IDisposable
{
    private readonly Workplace _place = new();

    private static string Dairy => Workplace.Sample("billing_data_dairy_june_2025.csv");

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("stored", "2")]
    [InlineData("quarantined", "9")]
    [InlineData("rule-failed", "5", "billing_data_meat_june_2025.csv")]
    public async Task A_line_of_a_sample_file(string golden, string line, string file = "billing_data_dairy_june_2025.csv")
    {
        await _place.IngestInvoicesAsync();
        Run run = await _place.BillingAsync(80, ["explain", $"{Workplace.Sample(file)}:{line}", .. Workplace.InvoiceOptions, "--store", _place.Store]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        _place.Check($"explain-{golden}.txt", run.Out);
    }

    [Fact]
    public async Task The_document_is_the_approved_one()
    {
        await _place.IngestInvoicesAsync();
        Run run = await _place.BillingAsync(["explain", $"{Dairy}:2", .. Workplace.InvoiceOptions, "--store", _place.Store, "--json"]);
        _place.Check("explain-stored.json", run.Out);
    }

    [Fact]
    public async Task Key_line_and_name_alone_tell_of_the_same_record()
    {
        await _place.IngestInvoicesAsync();
        JsonElement byFile = await OneAsync(["explain", $"{Dairy}:2", .. Workplace.InvoiceOptions, "--store", _place.Store]);
        string key = byFile.GetProperty("record").GetProperty("key").GetString()!;
        JsonElement byKey = await OneAsync(["explain", key, "--store", _place.Store]);
        JsonElement byName = await OneAsync(["explain", "billing_data_dairy_june_2025.csv:2", "--store", _place.Store]);
        Assert.Equal(JsonSerializer.Serialize(byKey), JsonSerializer.Serialize(byName));
        foreach (string member in (string[])["outcome", "explanation", "canonicalForm", "record"])
        {
            Assert.Equal(JsonSerializer.Serialize(byKey.GetProperty(member)), JsonSerializer.Serialize(byFile.GetProperty(member)));
        }
    }

    [Fact]
    public async Task Before_anything_is_stored_a_line_can_be_explained_and_no_store_appears()
    {
        JsonElement good = await OneAsync(["explain", $"{Dairy}:2", .. Workplace.InvoiceOptions, "--store", _place.Store]);
        JsonElement bad = await OneAsync(["explain", $"{Dairy}:9", .. Workplace.InvoiceOptions, "--store", _place.Store]);
        Assert.Equal(("not_stored", "unprocessable"), (good.GetProperty("outcome").GetString(), bad.GetProperty("outcome").GetString()));
        Assert.Empty(Directory.GetFileSystemEntries(_place.Folder));
    }

    [Fact]
    public async Task A_row_of_a_renamed_file_is_a_duplicate_and_says_of_what()
    {
        await _place.IngestInvoicesAsync();
        string copy = _place.PathTo("copy.csv");
        File.Copy(Dairy, copy);
        JsonElement explanation = await OneAsync(["explain", copy + ":2", .. Workplace.InvoiceOptions, "--store", _place.Store]);
        Assert.Equal("duplicate", explanation.GetProperty("outcome").GetString());
        Assert.StartsWith("Duplicate of billing_data_dairy_june_2025.csv:2, stored by run ", explanation.GetProperty("explanation").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_content_under_the_same_id_is_a_conflict_and_shows_both()
    {
        const string header = "invoice,date,amount,currency\n";
        string first = _place.Write("first.csv", header + "A-1,2025-06-30,1.00,USD\n");
        string second = _place.Write("second.csv", header + "A-1,2025-06-30,2.00,USD\n");
        string[] identity = ["--identity", "columns:invoice"];
        await _place.BillingAsync(["ingest", first, .. identity, "--to", _place.Store]);
        Run conflict = await _place.BillingAsync(["ingest", second, .. identity, "--to", _place.Store]);
        Assert.Equal(ExitCode.Quarantined, conflict.ExitCode);
        Run run = await _place.BillingAsync(80, ["explain", second + ":2", .. identity, "--store", _place.Store]);
        _place.Check("explain-conflict.txt", run.Out);
    }

    [Fact]
    public async Task A_replayed_row_says_so()
    {
        await _place.IngestInvoicesAsync();
        string[] mended = ["--layout", Workplace.Sample("layout.invoices.mended.json"), .. Workplace.InvoiceOptions[2..]];
        JsonElement before = await OneAsync(["explain", $"{Dairy}:9", .. mended, "--store", _place.Store]);
        await _place.BillingAsync(["quarantine", "replay", .. mended, "--store", _place.Store]);
        JsonElement after = await OneAsync(["explain", $"{Dairy}:9", .. mended, "--store", _place.Store]);
        JsonElement oldLayout = await OneAsync(["explain", $"{Dairy}:9", .. Workplace.InvoiceOptions, "--store", _place.Store]);
        Assert.Equal(
            ("quarantined", "replayed", "replayed"),
            (before.GetProperty("outcome").GetString(), after.GetProperty("outcome").GetString(), oldLayout.GetProperty("outcome").GetString()));
    }

    [Theory]
    [InlineData("nowhere.csv:2", "There is no file nowhere.csv here")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", "knows no record with that key")]
    public async Task What_is_not_there_is_a_failure(string asked, string message)
    {
        await _place.IngestInvoicesAsync();
        Run run = await _place.BillingAsync("explain", asked, "--store", _place.Store);
        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Out));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_on_which_no_record_begins_is_a_failure()
    {
        Run run = await _place.BillingAsync(["explain", $"{Dairy}:99", .. Workplace.InvoiceOptions, "--store", _place.Store]);
        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Out));
        Assert.StartsWith("billing: No record begins on line 99 of ", run.Error, StringComparison.Ordinal);
    }

    private async Task<JsonElement> OneAsync(string[] args)
    {
        Run run = await _place.BillingAsync([.. args, "--json"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return Assert.Single(run.Json.GetProperty("records").EnumerateArray());
    }
}
