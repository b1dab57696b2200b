using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Billing.Console.Tests.EndToEnd;

/// <summary>Bundles for an auditor, the script that proves them, and erasures.</summary>
public sealed partial class AuditTests
{
    [Fact]
    public async Task A_bundle_is_proved_by_the_script_before_and_after_an_erasure()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        string heads = months.Place.PathTo("heads.txt");
        await months.BillingAsync("seal --out", heads);
        Run people = await months.BillingAsync("export audit --out", months.Place.PathTo("ledger.zip"));
        Check(months, "export-audit.txt", people);
        Check(months, "export-audit.json", await months.JsonAsync("export audit --period 2025-06 --out", months.Place.PathTo("june")));
        Assert.Equal((0, 0), (await VerifyAsync(months.Place.PathTo("ledger.zip"), heads), await VerifyAsync(months.Place.PathTo("june"), heads)));

        Check(months, "erase-dry-run.txt", await months.BillingAsync("erase --party ACME --dry-run --reason", "request 17"));
        Check(months, "erase.txt", await months.BillingAsync("erase --party acme --reason", "request 17"));
        Check(months, "erase.json", await months.JsonAsync("erase --party nobody --reason", "request 18"));
        Assert.Equal("[erased] 10.00, Bakery 5.50, [erased] 20.00, Cafe 7.25", await months.RecordsAsync());
        Assert.Equal(0, (await months.BillingAsync("verify --head", heads)).ExitCode);
        Assert.Equal(0, (await months.BillingAsync("export audit --force --out", months.Place.PathTo("ledger.zip"))).ExitCode);
        Assert.Equal(0, await VerifyAsync(months.Place.PathTo("ledger.zip"), heads));
        Run explained = await months.BillingAsync("explain may.csv:2");
        Assert.Contains("[erased]", explained.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Acme", explained.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("export audit --out may.csv", ExitCode.Failed, "is not an empty folder")]
    [InlineData("export audit --period 2025-13 --out new", ExitCode.Usage, "is not a period")]
    [InlineData("export audit --period 2025-06-30..2025-06-01 --out new", ExitCode.Usage, "ends before it begins")]
    [InlineData("export audit --force --out new", ExitCode.Usage, "--force overwrites a file")]
    [InlineData("erase --party Acme --reason because-of-Acme", ExitCode.Usage, "The reason contains the name")]
    [InlineData("erase --party x --reason r", ExitCode.Usage, "at least 2 characters")]
    public async Task What_cannot_be_done_is_said(string command, int code, string why)
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        Run run = await months.JsonAsync(command.Replace("may.csv", months.Place.PathTo("may.csv"), StringComparison.Ordinal).Replace(" new", " " + months.Place.PathTo("new"), StringComparison.Ordinal));
        Assert.Equal(code, run.ExitCode);
        Assert.Contains(why, run.Json.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(months.Place.PathTo("new")));
    }

    private static async Task<int> VerifyAsync(string bundle, string heads)
    {
        using Process process = Process.Start(new ProcessStartInfo("python3", ["-B", Repository.PathTo("samples", "audit", "verify.py"), bundle, "--head", heads]) { RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        TestContext.Current.SendDiagnosticMessage(output);
        return process.ExitCode;
    }

    private static void Check(TwoMonths months, string golden, Run run)
    {
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        months.Place.Check(golden, Hash().Replace(run.Out, "<hash>"));
    }

    [GeneratedRegex(@"\b[0-9a-f]{64}\b")]
    private static partial Regex Hash();
}
