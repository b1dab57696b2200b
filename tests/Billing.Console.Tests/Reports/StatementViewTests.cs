using System.Text;
using Billing.Console.Reports;
using Spectre.Console;

namespace Billing.Console.Tests.Reports;

public sealed class StatementViewTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(100)]
    [InlineData(80)]
    [InlineData(72)]
    [InlineData(48)]
    public void Three_files(int? width) => Check("three-files", Statements.OfThreeFiles, width);

    [Theory]
    [InlineData(null)]
    [InlineData(100)]
    [InlineData(80)]
    public void One_file_with_duplicates_conflicts_and_hostile_names(int? width) => Check("one-file", Statements.OfOneFile, width);

    [Fact]
    public void A_run_that_does_not_balance() => Check("failure", Statements.OfFailure, 80);

    [Fact]
    public void A_run_that_was_cancelled() => Check("cancelled", Statements.OfCancelled, 80);

    [Fact]
    public void A_dry_run() => Check("dry-run", Statements.OfThreeFiles with { IsDryRun = true }, 80);

    [Fact]
    public void A_terminal_gets_colours_and_a_file_gets_none()
    {
        Assert.DoesNotContain("\u001b", Render(Statements.OfThreeFiles, null, ansi: null), StringComparison.Ordinal);
        Assert.Contains("\u001b[", Render(Statements.OfThreeFiles, 80, ansi: true), StringComparison.Ordinal);
    }

    [Fact]
    public void The_exit_code_is_3_with_rows_in_quarantine_1_after_a_failure_and_0_otherwise()
    {
        Assert.Equal(ExitCode.Quarantined, Statements.OfThreeFiles.ExitCode);
        Assert.Equal(ExitCode.Quarantined, Statements.OfOneFile.ExitCode);
        Assert.Equal(ExitCode.Failed, Statements.OfFailure.ExitCode);
        Assert.Equal(ExitCode.Failed, (Statements.OfFailure with { Errors = [] }).ExitCode);
        Assert.Equal(ExitCode.Success, (Statements.OfThreeFiles with { Reports = [Statements.OfThreeFiles.Reports[0]] }).ExitCode);
    }

    [Fact]
    public void A_surplus_of_one_source_does_not_balance_what_another_lacks()
    {
        IngestReport report = Statements.OfThreeFiles.Reports[0];
        IngestStatement statement = Statements.OfThreeFiles with
        {
            Reports =
            [
                report with { Stored = Statements.Totals(14, ("CAD", "6352.95"), ("MXN", "69846.3"), ("USD", "1254422.15")) },
                report with { Stored = Statements.Totals(16, ("CAD", "6352.95"), ("MXN", "69846.3"), ("USD", "1254422.15")) },
            ],
        };
        Assert.True(statement.Total.IsBalanced);
        Assert.False(statement.IsBalanced);
        Assert.Equal(ExitCode.Failed, statement.ExitCode);
        Assert.Contains("NOT BALANCED", Render(statement, 80, ansi: false), StringComparison.Ordinal);
    }

    private static void Check(string name, IngestStatement statement, int? width)
    {
        string text = Render(statement, width, ansi: false);
        if (width is not null)
        {
            Assert.All(text.Split('\n'), line => Assert.True(line.GetCellWidth() <= width, $"'{line}' is wider than {width}"));
        }

        GoldenFile.Check($"statement-{name}-{width?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "redirected"}.txt", text);
    }

    private static string Render(IngestStatement statement, int? width, bool? ansi)
    {
        using MemoryStream output = new();
        using (Terminal terminal = new(output, TextWriter.Null, width))
        {
            terminal.Out.Profile.Capabilities.Ansi = ansi ?? terminal.Out.Profile.Capabilities.Ansi;
            terminal.Out.Profile.Capabilities.ColorSystem = ansi == true ? ColorSystem.Standard : ColorSystem.NoColors;
            StatementView.Write(terminal.Out, statement);
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }
}
