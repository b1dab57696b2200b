namespace Billing.Hosting.Inboxes;

/// <summary>A file as the last look found it.</summary>
/// <param name="state">Its state.</param>
/// <param name="since">The time stamp of the look that first found this state.</param>
internal sealed class SeenFile(FileState state, long since)
{
    public FileState State { get; } = state;

    public long Since { get; } = since;

    /// <summary>The number of failed attempts.</summary>
    public int Attempts { get; private set; }

    /// <summary>The time stamp of the last attempt.</summary>
    public long LastAttempt { get; private set; }

    /// <summary>How long to wait after that attempt.</summary>
    public TimeSpan Pause { get; private set; }

    /// <summary>Notes an attempt that failed for a reason that may pass.</summary>
    public void Postpone(long now, InboxOptions options)
    {
        TimeSpan pause = Attempts == 0 ? options.Interval : Pause + Pause;
        Pause = pause < options.MaxRetryDelay ? pause : options.MaxRetryDelay;
        LastAttempt = now;
        Attempts++;
    }
}
