namespace Billing.Hosting;

/// <summary>A folder whose files are ingested (docs/hosting.md).</summary>
public sealed class InboxOptions
{
    /// <summary>The folder to watch, without its subfolders. It is created if it does not exist. No default.</summary>
    public string Folder { get; set; } = "";

    /// <summary>The names of the files to ingest, as patterns separated by semicolons, in any letter case; names that begin with a point never match. Default <c>*.csv;*.csv.gz;*.json;*.jsonl</c>.</summary>
    public string Pattern { get; set; } = "*.csv;*.csv.gz;*.json;*.jsonl";

    /// <summary>The pause between two looks, 100 milliseconds to a day. Default 5 seconds.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a file must stay unchanged before it is ingested, up to an hour: one that still grows is being written. Default 5 seconds; use zero if files are renamed into the folder.</summary>
    public TimeSpan Settling { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The folder for files that are in the ledger; within <see cref="Folder"/> unless it is a full path. Default <c>done</c>.</summary>
    public string DoneFolder { get; set; } = "done";

    /// <summary>The folder for files that cannot be read, whose run does not balance, or that do not come to what they state, each with a text file that says why; within <see cref="Folder"/> unless it is a full path. Default <c>failed</c>.</summary>
    public string FailedFolder { get; set; } = "failed";

    /// <summary>
    /// The longest pause before another attempt at a file that failed for a reason that may pass, such as a store that does not answer. The pauses double from <see cref="Interval"/>.
    /// The number of attempts has no limit. <see cref="Interval"/> to a day. Default 5 minutes.
    /// </summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Returns a copy with full paths, which later changes do not affect.</summary>
    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
    internal InboxOptions Checked()
    {
        Check(!string.IsNullOrWhiteSpace(Folder), nameof(Folder), Folder, "the folder that files are put into");
        Check(Patterns.Length > 0, nameof(Pattern), Pattern, "a pattern, such as *.csv");
        Check(Interval >= TimeSpan.FromMilliseconds(100) && Interval <= TimeSpan.FromDays(1), nameof(Interval), Interval, "100 milliseconds to a day");
        Check(Settling >= TimeSpan.Zero && Settling <= TimeSpan.FromHours(1), nameof(Settling), Settling, "zero to an hour");
        Check(MaxRetryDelay >= Interval && MaxRetryDelay <= TimeSpan.FromDays(1), nameof(MaxRetryDelay), MaxRetryDelay, $"{nameof(Interval)} to a day");
        Check(!string.IsNullOrWhiteSpace(DoneFolder), nameof(DoneFolder), DoneFolder, "the name of a folder, such as done");
        Check(!string.IsNullOrWhiteSpace(FailedFolder), nameof(FailedFolder), FailedFolder, "the name of a folder, such as failed");
        InboxOptions full = (InboxOptions)MemberwiseClone();
        full.Folder = Path.GetFullPath(Folder);
        full.DoneFolder = Path.GetFullPath(DoneFolder, full.Folder);
        full.FailedFolder = Path.GetFullPath(FailedFolder, full.Folder);
        Check(full.DoneFolder != full.Folder, nameof(DoneFolder), DoneFolder, $"a folder other than {nameof(Folder)}: its files would be ingested again and again");
        Check(full.FailedFolder != full.Folder, nameof(FailedFolder), FailedFolder, $"a folder other than {nameof(Folder)}: its files would be ingested again and again");
        return full;
    }

    internal string[] Patterns => (Pattern ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static void Check(bool isRight, string option, object? value, string use) =>
        BillingConfigurationException.ThrowUnless(isRight, nameof(InboxOptions), option, value, use);
}
