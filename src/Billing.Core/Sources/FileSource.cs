namespace Billing.Sources;

/// <summary>A file on disk.</summary>
internal sealed class FileSource(string path, string name) : IBillingSource
{
    public string Name => name;

    public long? Length => new FileInfo(path) is { Exists: true } file ? file.Length : null;

    // A pipe has the length 0. What is read from it is gone.
    public bool CanReopen => Length > 0;

    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // No buffer of its own: readers read whole blocks.
        return new(new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.Read,
            Share = FileShare.Read,
            BufferSize = 0,
            Options = FileOptions.SequentialScan,
        }));
    }
}
