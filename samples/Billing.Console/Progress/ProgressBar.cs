using Spectre.Console;

namespace Billing.Console.Progress;

/// <summary>A bar with rows, bytes, rows per second and the time left; gone when the work is done.</summary>
internal sealed class ProgressBar(Terminal terminal) : ProgressDisplay, IProgress<IngestProgress>
{
    private ProgressContext? _context;
    private ProgressTask? _task;

    public override Task RunAsync(Func<Task> work) => terminal.ErrorOut.Progress()
        .AutoClear(true)
        .HideCompleted(true)
        .Columns(new ProgressBarColumn { Width = 20 }, new IngestProgressColumn())
        .StartAsync(async context =>
        {
            _context = context;
            await work();
        });

    public override IProgress<IngestProgress> Begin(IBillingSource source)
    {
        _task = _context!.AddTask(Markup.Escape(source.Name), maxValue: source.Length is > 0 and { } length ? length : 1);
        _task.IsIndeterminate = source.Length is null;
        IngestProgressColumn.Begin(_task, source.Name, terminal.TimeProvider);
        return this;
    }

    public void Report(IngestProgress value)
    {
        _task!.Value = value.BytesRead;
        IngestProgressColumn.Update(_task, value);
    }

    public override void End(IngestReport? report) => _task!.StopTask();
}
