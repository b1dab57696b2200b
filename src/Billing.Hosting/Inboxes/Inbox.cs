using System.IO.Enumeration;
using Microsoft.Extensions.Logging;

namespace Billing.Hosting.Inboxes;

/// <summary>
/// Ingests the files of a folder, one after another. A file is moved only after its run is done, and what was stored is a duplicate when the file is
/// ingested again: nothing is lost, and nothing is stored twice, whenever the process ends.
/// </summary>
internal sealed class Inbox(BillingPipeline pipeline, InboxOptions options, TimeProvider time, ILogger logger)
{
    private readonly string[] _patterns = options.Patterns;
    private Dictionary<string, SeenFile> _seen = new(StringComparer.Ordinal);

    /// <summary>Creates the folders.</summary>
    public void Open()
    {
        Directory.CreateDirectory(options.Folder);
        Directory.CreateDirectory(options.DoneFolder);
        Directory.CreateDirectory(options.FailedFolder);
    }

    /// <summary>Looks for files once, and ingests those that have settled.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, SeenFile> seen = new(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(options.Folder).Where(IsWanted).Order(StringComparer.Ordinal))
        {
            FileState state = FileState.Of(path);
            seen[path] = _seen.TryGetValue(path, out SeenFile? before) && before.State == state ? before : new SeenFile(state, time.GetTimestamp());
        }

        // Files that are gone are forgotten.
        _seen = seen;
        foreach ((string path, SeenFile file) in seen.Where(pair => IsDue(pair.Value)).ToArray())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await TakeAsync(path, file, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsWanted(string path)
    {
        string name = Path.GetFileName(path);
        return name[0] != '.' && Array.Exists(_patterns, pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true));
    }

    private bool IsDue(SeenFile file) =>
        time.GetElapsedTime(file.Since) >= options.Settling && (file.Attempts == 0 || time.GetElapsedTime(file.LastAttempt) >= file.Pause);

    private async Task TakeAsync(string path, SeenFile file, CancellationToken cancellationToken)
    {
        string name = Path.GetFileName(path);
        try
        {
            await IngestAsync(path, name, file.State, cancellationToken).ConfigureAwait(false);
        }
        catch (FileNotFoundException)
        {
            Log.FileGone(logger, name);
        }
        catch (Exception passing) when (passing is IOException or UnauthorizedAccessException or BillingException)
        {
            file.Postpone(time.GetTimestamp(), options);
            Log.FilePostponed(logger, passing, name, file.Attempts, file.Pause);
        }
    }

    private async Task IngestAsync(string path, string name, FileState state, CancellationToken cancellationToken)
    {
        IngestReport report;
        try
        {
            report = await pipeline.IngestAsync(BillingSource.File(path), cancellationToken).ConfigureAwait(false);
        }
        catch (SourceFormatException unreadable)
        {
            Refuse(path, name, Guid.CreateVersion7(time.GetUtcNow()).ToString("N"), unreadable);
            return;
        }
        catch (IngestFailedException failed) when (!failed.Report.EndedEarly || failed.Report.Proof.Outcome == ProofOutcome.Contradicted || failed.Report.Drift is { IsStopped: true } || failed.InnerException is SourceFormatException or InvalidDataException)
        {
            Refuse(path, name, failed.Report.RunId, failed);
            return;
        }

        if (FileState.Of(path) != state)
        {
            // What was added is ingested once the file settles; what is in the ledger is then a duplicate.
            Log.FileChanged(logger, name, report.RunId);
            return;
        }

        Move(path, options.DoneFolder, report.RunId);
        if (logger.IsEnabled(LogLevel.Information))
        {
            Log.FileTaken(logger, name, report.RunId, report.Read.Rows, report.Stored.Rows, report.Duplicate.Rows, report.Conflict.Rows, report.Quarantined.Rows, options.DoneFolder);
        }
    }

    private void Refuse(string path, string name, string id, BillingException why)
    {
        string moved = Move(path, options.FailedFolder, id);
        File.WriteAllText(moved + ".txt", why.Message + "\n");
        Log.FileRefused(logger, name, moved, why.Message);
    }

    // Under a name of its own, so that a later file of the same name replaces nothing.
    private static string Move(string path, string folder, string id)
    {
        string target = Path.Combine(folder, $"{id} {Path.GetFileName(path)}");
        File.Move(path, target, overwrite: false);
        return target;
    }
}
