using Billing.Console.Views;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Billing.Console.Progress;

/// <summary>What stands beside the bar.</summary>
internal sealed class IngestProgressColumn : ProgressColumn
{
    private const string Key = "ingest";
    private const int Bar = 20;

    protected override bool NoWrap => true;

    public static void Begin(ProgressTask task, string name, TimeProvider timeProvider) =>
        task.State.Update<ProgressPace?>(Key, _ => new ProgressPace(name, timeProvider));

    public static void Update(ProgressTask task, IngestProgress progress) => task.State.Get<ProgressPace?>(Key)?.Report(progress);

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        ProgressPace? pace = task.State.Get<ProgressPace?>(Key);
        int room = Math.Max(10, options.ConsoleSize.Width - Bar - 4);
        return new Text(pace?.ToText(room) ?? "").Overflow(Overflow.Crop);
    }
}
