using Spectre.Console;
using Spectre.Console.Rendering;

namespace Billing.Console.Progress;

/// <summary>What stands beside the bar.</summary>
internal sealed class IngestProgressColumn(int barWidth) : ProgressColumn
{
    private volatile ProgressPace? _pace;

    /// <summary>The source that is being read.</summary>
    public ProgressPace? Pace
    {
        get => _pace;
        set => _pace = value;
    }

    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        int room = Math.Max(10, options.ConsoleSize.Width - barWidth - 4);
        return new Text(Pace?.ToText(room) ?? "").Overflow(Overflow.Crop);
    }
}
