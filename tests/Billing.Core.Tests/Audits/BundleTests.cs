using Billing.Core.Tests.Amendments;
using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Audits;

/// <summary>Bundles for auditors, and the script that proves them without this package.</summary>
public sealed class BundleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_script_proves_the_bundle_of_a_whole_ledger_from_an_earlier_head()
    {
        Ingest ingest = await Audited.LedgerAsync();
        LedgerHead head = await Sealed.HeadAsync(ingest.Ledger);
        await ingest.Text("date,company,amount,currency\n2025-10-01,Later,1.00,USD\n", "october.csv");
        (int code, string output) = await Audited.VerifyAsync(await Audited.ExportAsync(ingest.Ledger), head);
        Assert.True(code == 0, output);
        Assert.Contains($"seals 1 to {head.Number} lead to the head", output, StringComparison.Ordinal);
        Assert.Contains("12 seals: what the runs stored", output, StringComparison.Ordinal);
        Assert.Contains($"the seals {head.Number + 1} to {head.Number + 1} came after", output, StringComparison.Ordinal);
        Assert.Contains("fingerprints are those of the contents", output, StringComparison.Ordinal);
        Assert.Contains("keys are those of their columns", output, StringComparison.Ordinal);
        Assert.Contains("rates are those of the table", output, StringComparison.Ordinal);
        Assert.DoesNotContain("FAULTS", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_of_a_ledger_is_proved_by_the_digests_of_the_rest()
    {
        Ingest ingest = await Audited.LedgerAsync();
        string folder = await Audited.ExportAsync(ingest.Ledger, new DateOnly(2025, 6, 1), new DateOnly(2025, 6, 30));
        (int code, string output) = await Audited.VerifyAsync(folder, await Sealed.HeadAsync(ingest.Ledger));
        Assert.True(code == 0, output);
        Assert.Contains("every record, row and change that is here is among what was sealed", output, StringComparison.Ordinal);
        Assert.Contains("are here as digests only", output, StringComparison.Ordinal);
        Assert.DoesNotContain("2025-07-", await File.ReadAllTextAsync(Path.Combine(folder, "records.jsonl"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_ledger_gives_the_same_bytes_as_folder_and_as_archive()
    {
        Ingest ingest = await Audited.LedgerAsync();
        string one = await Audited.ExportAsync(ingest.Ledger);
        string other = await Audited.ExportAsync(await Copies.OfAsync(ingest.Ledger));
        string[] files = [.. Directory.GetFiles(one, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(one, file)).Order(StringComparer.Ordinal)];
        Assert.Equal(files, Directory.GetFiles(other, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(other, file)).Order(StringComparer.Ordinal));
        foreach (string file in files)
        {
            Assert.Equal(await File.ReadAllTextAsync(Path.Combine(one, file), Cancellation), await File.ReadAllTextAsync(Path.Combine(other, file), Cancellation));
        }

        using MemoryStream first = new();
        using MemoryStream second = new();
        AuditBundleReport report = await new AuditBundle(ingest.Ledger).WriteZipAsync(first, Cancellation);
        await new AuditBundle(ingest.Ledger).WriteZipAsync(second, Cancellation);
        Assert.Equal(first.ToArray(), second.ToArray());
        string zip = Path.Combine(Some.Folder(), "bundle.zip");
        await File.WriteAllBytesAsync(zip, first.ToArray(), Cancellation);
        (int code, string output) = await Audited.VerifyAsync(zip, report.Head!);
        Assert.True(code == 0, output);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(one, "manifest.json"), Cancellation))), report.ManifestSha256);
    }

    [Fact]
    public async Task A_folder_that_holds_something_is_refused_and_a_ledger_that_is_not_sealed_is_named()
    {
        MemorySink ledger = new();
        await ledger.WriteAsync([Some.Record("1")], Cancellation);
        await ledger.WriteRunAsync(Some.Report(Some.Record("1").RunId) with { Status = RunStatus.Completed }, Cancellation);
        string folder = await Audited.ExportAsync(ledger);
        await Assert.ThrowsAsync<BillingException>(() => new AuditBundle(ledger).WriteFolderAsync(folder, Cancellation));
        AuditBundleReport report = await new AuditBundle(ledger).WriteZipAsync(new MemoryStream(), Cancellation);
        Assert.Equal((1, null), (report.NotSealed, report.Head));
    }
}
