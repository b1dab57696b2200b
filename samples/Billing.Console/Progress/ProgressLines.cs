using Billing.Console.Views;

namespace Billing.Console.Progress;

/// <summary>One line when a source begins and one when it ends, for logs. No times: the log has its own.</summary>
internal sealed class ProgressLines(Terminal terminal) : ProgressDisplay, IProgress<IngestProgress>
{
    public override Task RunAsync(Func<Task> work) => work();

    public override IProgress<IngestProgress> Begin(IBillingSource source)
    {
        string size = source.Length is { } length ? $" ({Figures.Bytes(length)})" : "";
        terminal.Error.WriteLine($"reading {Printable.Of(source.Name)}{size}");
        return this;
    }

    public override void End(IngestReport? report)
    {
        if (report is not null)
        {
            terminal.Error.WriteLine($"{(report.Status == RunStatus.Completed ? "read" : "stopped in")} {Printable.Of(report.Source)}: {Figures.Count(report.Read.Rows, "row")}, {Figures.Count(report.Stored.Rows)} stored");
        }
    }

    public void Report(IngestProgress value)
    {
    }
}
