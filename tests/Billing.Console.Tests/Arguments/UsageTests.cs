using System.Text;

namespace Billing.Console.Tests.Arguments;

public sealed class UsageTests
{
    [Fact]
    public async Task Every_wrong_usage_is_one_line_with_the_remedy_and_exit_code_2()
    {
        string[] calls =
        [
            "ingst june.csv",
            "ingest",
            "ingest june.csv --rulez rules.json",
            "ingest --no-such-file",
            "ingest no-such-file.csv",
            "ingest no-such-*.csv",
            "ingest june.csv --identity id",
            "ingest june.csv --to",
            "ingest june.csv --to here:x --to there:x",
            "quarantine replya",
            "generate",
            "generate cvs --rows 1 --seed 1",
            "generate csv --seed 1",
            "generate csv --rows many --seed 1",
            "generate csv --rows 1 --seed 1 --dirt 101",
            "ingest - --version 2",
            "ingest - --replaces 2025-06",
            "ingest - --replaces 2025-06 --scope DE12 --version new",
            "ingest - --replaces 2025-06 --scope DE12 --dry-run",
            "ingest - --replaces 2025-13 --scope DE12",
            "ingest - --replaces june --scope DE12",
            "ingest - --replaces 2025-06-01..2025-06 --scope DE12",
            "ingest - --replaces 2025-06-30..2025-06-01 --scope DE12",
            "revert",
            "revert 1 --because mistake",
            "revert 1 --store memory:",
            "remove june.csv:2",
            "remove june.csv --reason mistake",
            "remove --reason mistake",
            "remove june.csv:2 --reason mistake --store sqlite:no-such-folder/billing.db",
            "entries 1 2",
            "records --as-of",
            "generate csv --rows 1 --seed 1 --json",
            "generate payments --count 0 --seed 1",
            "generate payments --count -1 --seed 1",
            "generate payments --count 2.5 --seed 1",
            "generate payments --count 3.0 --seed 1",
            "generate payments --count three --seed 1",
            "generate payments --count 10001 --seed 1",
            "generate payments --poison 5 --seed 1",
            "generate transactions --count 0 --seed 1",
            "generate transactions --count 3",
            "generate transactions --seed 1 --poison 60 --redelivered 40 --conflicting 1",
            "generate transactions --seed 1 --poison 2.5",
            "generate transactions --seed 1 --rate 0",
            "generate transactions --seed 1 --json",
            "generate transactions --seed 1 --out a.jsonl --to memory:",
            "generate transactions --seed 1 --to sqs:",
            "generate transactions --seed 1 --to sqs://queue",
            "generate transactions --seed 1 --to kafka:topic",
            "generate transactions --seed 1 --rates EUR=1.08",
            "records --to sqlite:billing.db",
            "records --from 30.06.2025",
            "records --page-size 0",
            "records --store memory:",
            "records --store sqlit:billing.db",
            "records --store no-such-folder/billing.db",
            "records --store sqlite:no-such-folder/billing.db",
            "summary --by week",
            "runs yesterday",
            "explain june.csv",
            "explain june.csv:0",
            "inspect no-such-file.csv",
            "copy --from sqlite:a.db",
            "copy --from sqlite:no-such.db --to sqlite:b.db",
            "verify",
            "verify memory:",
            "verify mysqll://root:secret@127.0.0.1/billing",
            "verify mysql://root:secret@127.0.0.1",
        ];
        StringBuilder text = new();
        foreach (string call in calls)
        {
            Run run = await Run.BillingAsync(call.Split(' '));
            Assert.Equal((2, call.Contains("--json", StringComparison.Ordinal)), (run.ExitCode, run.Out.Length > 0));
            Assert.Equal(1, run.Error.Count(c => c == '\n'));
            text.Append("$ billing ").Append(call).Append('\n').Append(run.Error).Append('\n');
        }

        GoldenFile.Check("usage.txt", text.ToString());
    }

    [Theory]
    [InlineData]
    [InlineData("ingest")]
    [InlineData("records")]
    [InlineData("summary")]
    [InlineData("runs")]
    [InlineData("quarantine")]
    [InlineData("quarantine", "list")]
    [InlineData("quarantine", "replay")]
    [InlineData("explain")]
    [InlineData("inspect")]
    [InlineData("copy")]
    [InlineData("verify")]
    [InlineData("revert")]
    [InlineData("remove")]
    [InlineData("entries")]
    [InlineData("restate")]
    [InlineData("rates", "add")]
    [InlineData("rules", "apply")]
    [InlineData("seal")]
    [InlineData("gaps")]
    [InlineData("report")]
    [InlineData("budget")]
    [InlineData("unusual")]
    [InlineData("pending")]
    [InlineData("generate", "csv")]
    [InlineData("generate", "transactions")]
    [InlineData("generate", "payments")]
    public async Task Help_is_the_approved_text(params string[] command)
    {
        Run run = await Run.BillingAsync([.. command, "--help"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        GoldenFile.Check($"help{string.Concat(command.Select(word => "-" + word))}.txt", run.Out);
    }

    [Fact]
    public async Task Without_arguments_the_help_goes_to_the_error_stream_and_the_exit_code_is_2()
    {
        Run help = await Run.BillingAsync("--help");
        Assert.Equal(new Run(2, "", help.Out), await Run.BillingAsync());
    }

    [Fact]
    public async Task The_version_is_printed_alone()
    {
        Run run = await Run.BillingAsync("--version");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Single(run.Out.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_file_whose_name_begins_with_dashes_can_be_named_behind_two_dashes()
    {
        Run run = await Run.BillingAsync("ingest", "--", "--no-such-file");
        Assert.Equal("billing: There is no file or folder '--no-such-file'. Check the name and the folder.\n", run.Error);
    }
}
