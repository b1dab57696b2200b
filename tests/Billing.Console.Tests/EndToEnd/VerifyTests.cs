namespace Billing.Console.Tests.EndToEnd;

public sealed class VerifyTests : IDisposable
{
    private readonly Workplace _place = new();
    private readonly Workplace _other = new();

    public void Dispose()
    {
        _place.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task A_ledger_that_is_as_it_was_written_is_verified()
    {
        await _place.IngestInvoicesAsync();
        await _place.IngestInvoicesAsync();
        await _other.IngestInvoicesAsync();
        Run people = await _place.BillingAsync("verify", _place.Store, "--against", _other.Store);
        Check("verify.txt", people);
        Run document = await _place.BillingAsync("verify", _place.Store, "--json");
        Check("verify.json", document);
        Assert.Equal((0, 0), (people.ExitCode, document.ExitCode));
    }

    [Fact]
    public async Task What_was_changed_behind_the_ledger_is_named_with_its_fields()
    {
        await _place.IngestInvoicesAsync();
        await _other.IngestInvoicesAsync();
        Run records = await _place.BillingAsync("records", "--page-size", "2", "--store", _place.Store, "--json");
        string[] keys = [.. records.Json.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("key").GetString()!)];
        await Planted.ChangeAmountAsync(_place.Store, keys[0], "0.01");
        await Planted.DeleteAsync(_place.Store, keys[1]);
        await _other.BillingAsync(["quarantine", "replay", "--layout", Workplace.Sample("layout.invoices.mended.json"), .. Workplace.InvoiceOptions[2..], "--store", _other.Store]);

        Run people = await _place.BillingAsync("verify", _place.Store, "--against", _other.Store);
        Assert.Equal((ExitCode.Differences, ""), (people.ExitCode, people.Error));
        Check("verify-differences.txt", people);
        Run document = await _place.BillingAsync("verify", _place.Store, "--against", _other.Store, "--json");
        Assert.Equal(ExitCode.Differences, document.ExitCode);
        Check("verify-differences.json", document);
    }

    private void Check(string golden, Run run) => _place.Check(golden, run.Out.Replace(_other.Store, "sqlite:<other>", StringComparison.Ordinal));
}
