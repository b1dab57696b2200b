namespace Billing.Console.Commands;

/// <summary>The files of a report. Each is there when it is whole, and not before.</summary>
internal sealed class ReportFiles(string? csv, string? xlsx, string? html, bool overwrites)
{
    /// <summary>The files that are written.</summary>
    public IEnumerable<string> Paths => new[] { csv, xlsx, html }.OfType<string>();

    /// <exception cref="UsageException">A file is there already, or named twice.</exception>
    public void Check()
    {
        string[] paths = [.. Paths.Select(Path.GetFullPath)];
        if (paths.Distinct(StringComparer.Ordinal).Count() < paths.Length)
        {
            throw new UsageException("--csv, --xlsx and --html name the same file twice. Name a file for each.");
        }

        if (!overwrites && Paths.FirstOrDefault(File.Exists) is { } taken)
        {
            throw new UsageException($"The file '{taken}' already exists. Name another one, or overwrite it with --force.");
        }
    }

    public async Task WriteAsync(MonthDocument document, CancellationToken cancellationToken)
    {
        string? note = document.Closing is { } closing ? NoteOf(closing) : null;
        await WriteAsync(csv, file => document.Report.WriteCsvAsync(file, cancellationToken));
        await WriteAsync(xlsx, file => MonthXlsx.WriteAsync(document.Report, file, note, cancellationToken));
        await WriteAsync(html, file => MonthHtml.WriteAsync(document.Report, file, note, cancellationToken));
    }

    /// <summary>What a file says of its closing: nothing that changes later.</summary>
    private static string NoteOf(MonthClosing closing) =>
        FormattableString.Invariant($"Closed {closing.ClosedAt.UtcDateTime:yyyy-MM-dd}{(closing.Number > 0 ? $" as restatement {closing.Number}" : "")} by entry {closing.EntryId}{(closing.Reason is null ? "" : $": {closing.Reason}")}{(closing.Incomplete.Count > 0 ? $". It was not complete: {string.Join("; ", closing.Incomplete)}" : "")}.");

    private async Task WriteAsync(string? path, Func<Stream, Task> write)
    {
        if (path is null)
        {
            return;
        }

        string part = path + ".part";
        try
        {
            await using (FileStream file = new(part, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                await write(file);
            }

            File.Move(part, path, overwrites);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }
}
