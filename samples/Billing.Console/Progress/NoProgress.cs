namespace Billing.Console.Progress;

/// <summary>Shows nothing.</summary>
internal sealed class NoProgress : ProgressDisplay, IProgress<IngestProgress>
{
    public override Task RunAsync(Func<Task> work) => work();

    public override IProgress<IngestProgress> Begin(IBillingSource source) => this;

    public override void End(IngestReport? report)
    {
    }

    public void Report(IngestProgress value)
    {
    }
}
