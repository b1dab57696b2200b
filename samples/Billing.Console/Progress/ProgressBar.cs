using Spectre.Console;

namespace Billing.Console.Progress;

/// <summary>A bar with rows, bytes, rows per second and the time left; gone when the work is done.</summary>
internal sealed class ProgressBar(Terminal terminal) : ProgressDisplay, IProgress<IngestProgress>
{
    private const int Width = 20;

    private readonly IngestProgressColumn _column = new(Width);
    private ProgressContext? _context;
    private ProgressTask? _task;

    public override Task RunAsync(Func<Task> work) => terminal.ErrorOut.Progress()
        .AutoClear(true)
        .HideCompleted(true)
        .Columns(new ProgressBarColumn { Width = Width }, _column)
        .StartAsync(async context =>
        {
            _context = context;
            await work();
        });

    public override IProgress<IngestProgress> Begin(IBillingSource source)
    {
        _column.Pace = new ProgressPace(source.Name, terminal.TimeProvider);
        _task = _context!.AddTask(Markup.Escape(source.Name), maxValue: source.Length is > 0 and { } length ? length : 1);
        _task.IsIndeterminate = source.Length is null;
        return this;
    }

    public void Report(IngestProgress value)
    {
        _column.Pace!.Report(value);
        _task!.Value = value.BytesRead;
    }

    public override void End(IngestReport? report) => _task!.StopTask();
}
