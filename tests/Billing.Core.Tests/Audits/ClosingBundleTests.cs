using System.Text;
using Billing.Core.Tests.Amendments;
using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Audits;

/// <summary>The bundle of a ledger with closed months.</summary>
[Trait("Culture", "independent")]
public sealed class ClosingBundleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("none", 0, "2 closings of months are those that their entries made")]
    [InlineData("edited", 1, "the closing 2025-06/000000 is not the one that entry")]
    [InlineData("removed", 1, "the closing 2025-06/000001, which entry")]
    public async Task Closings_are_proved_by_the_script(string attack, int expected, string said)
    {
        Ingest ingest = await Audited.LedgerAsync();
        MonthClosings closings = new(ingest.Ledger) { IncludeIncomplete = true };
        await closings.CloseAsync(new BillingMonth(2025, 6), cancellationToken: Cancellation);
        await ingest.Text("date,company,amount,currency\n2025-06-25,Late,1.00,USD\n", "late.csv");
        await closings.CloseAsync(new BillingMonth(2025, 6), cancellationToken: Cancellation);
        string folder = await Audited.ExportAsync(ingest.Ledger);
        string path = Path.Combine(folder, "closings.jsonl");
        string[] lines = await File.ReadAllLinesAsync(path, Cancellation);
        Assert.Equal(2, lines.Length);
        if (attack != "none")
        {
            lines = attack == "edited" ? [lines[0].Replace("rows", "rowz", StringComparison.Ordinal), lines[1]] : [lines[0]];
            await File.WriteAllTextAsync(path, string.Concat(lines.Select(line => line + "\n")), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Cancellation);
        }

        (int code, string output) = await Audited.VerifyAsync(folder, await Sealed.HeadAsync(ingest.Ledger));
        Assert.True(code == expected, output);
        Assert.Contains(said, output, StringComparison.Ordinal);
    }
}
