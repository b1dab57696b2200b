namespace Billing.Console.Progress;

/// <summary>Shows on the error stream how far the work is. The results go elsewhere.</summary>
internal abstract class ProgressDisplay
{
    /// <summary>The display for where the command runs: a bar on a terminal, lines in a log, nothing beside a JSON document in a log.</summary>
    public static ProgressDisplay For(Terminal terminal, bool json) =>
        terminal.ErrorIsTerminal ? new ProgressBar(terminal)
        : json ? new NoProgress()
        : new ProgressLines(terminal);

    /// <summary>Runs the work with the display around it.</summary>
    public abstract Task RunAsync(Func<Task> work);

    /// <summary>A source begins.</summary>
    /// <returns>Told after every batch of it.</returns>
    public abstract IProgress<IngestProgress> Begin(IBillingSource source);

    /// <summary>The source that began last has ended; <paramref name="report"/> is null when it could not be read.</summary>
    public abstract void End(IngestReport? report);
}
