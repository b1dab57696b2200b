namespace Billing.Hosting;

/// <summary>A folder whose files are ingested (docs/hosting.md).</summary>
public sealed class InboxOptions
{
    /// <summary>The folder that is watched, itself and no folder in it. It is created where it is not there. No default.</summary>
    public string Folder { get; set; } = "";

    /// <summary>The names that are taken, as patterns with semicolons between them, in any case; names that begin with a point never are. Default <c>*.csv;*.csv.gz;*.json;*.jsonl</c>.</summary>
    public string Pattern { get; set; } = "*.csv;*.csv.gz;*.json;*.jsonl";

    /// <summary>The pause between two looks, 100 milliseconds to a day. Default 5 seconds.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a file must stay as it is before it is taken, up to an hour: one that still grows is being written. Default 5 seconds; zero where files are renamed into the folder.</summary>
    public TimeSpan Settling { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Where files go that are in the ledger; in <see cref="Folder"/> unless it is a full path. Default <c>done</c>.</summary>
    public string DoneFolder { get; set; } = "done";

    /// <summary>Where files go that cannot be read, or whose run does not balance, each with a text beside it that says why; in <see cref="Folder"/> unless it is a full path. Default <c>failed</c>.</summary>
    public string FailedFolder { get; set; } = "failed";

    /// <summary>
    /// The longest pause before a file is tried again that could not be taken for what may pass, such as a store that does not answer; the pauses double from <see cref="Interval"/>.
    /// It is tried for ever. <see cref="Interval"/> to a day. Default 5 minutes.
    /// </summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A copy with full paths, that later changes of this do not reach.</summary>
    /// <exception cref="BillingConfigurationException">An option is wrong.</exception>
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
        Check(full.DoneFolder != full.Folder, nameof(DoneFolder), DoneFolder, $"another folder than {nameof(Folder)}: files would be taken for ever");
        Check(full.FailedFolder != full.Folder, nameof(FailedFolder), FailedFolder, $"another folder than {nameof(Folder)}: files would be taken for ever");
        return full;
    }

    internal string[] Patterns => (Pattern ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static void Check(bool isRight, string option, object? value, string use) =>
        BillingConfigurationException.ThrowUnless(isRight, nameof(InboxOptions), option, value, use);
}
