namespace Billing.Hosting.Inboxes;

/// <summary>A file as the last look found it.</summary>
/// <param name="state">How it was.</param>
/// <param name="since">The time stamp of the look that first found it so.</param>
internal sealed class SeenFile(FileState state, long since)
{
    public FileState State { get; } = state;

    public long Since { get; } = since;

    /// <summary>How often it could not be taken.</summary>
    public int Attempts { get; private set; }

    /// <summary>The time stamp of the last attempt.</summary>
    public long LastAttempt { get; private set; }

    /// <summary>How long it is left alone since then.</summary>
    public TimeSpan Pause { get; private set; }

    /// <summary>Notes an attempt that failed for what may pass.</summary>
    public void Postpone(long now, InboxOptions options)
    {
        TimeSpan pause = Attempts == 0 ? options.Interval : Pause + Pause;
        Pause = pause < options.MaxRetryDelay ? pause : options.MaxRetryDelay;
        LastAttempt = now;
        Attempts++;
    }
}
