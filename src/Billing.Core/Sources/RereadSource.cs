using Microsoft.Win32.SafeHandles;

namespace Billing.Sources;

/// <summary>
/// A source that is read twice, whole each time. The second time, every block is compared with the first by its SHA-256 before any of its bytes is given out:
/// what was found out of the first reading holds for what the second one gives. A source that cannot be opened twice is kept in a temporary file, without a name.
/// </summary>
/// <param name="source">The source.</param>
internal sealed class RereadSource(IBillingSource source) : IBillingSource, IDisposable
{
    private readonly BlockDigests _digests = new();
    private SafeFileHandle? _spool;
    private bool _isRead;

    public string Name => source.Name;

    public long? Length => source.Length;

    public bool CanReopen => source.CanReopen;

    private bool CanOpenAgain => source.CanReopen || source is MemorySource;

    /// <summary>Opens the source for the first time, or for the second after the first stream was read to its end.</summary>
    public async ValueTask<Stream> OpenAsync(CancellationToken cancellationToken = default)
    {
        if (_isRead)
        {
            Stream again = _spool is null ? await source.OpenAsync(cancellationToken).ConfigureAwait(false) : new SpoolStream(_spool);
            return new ComparedStream(source.Name, again, _digests);
        }

        Stream first = await source.OpenAsync(cancellationToken).ConfigureAwait(false);
        _isRead = true;
        _spool = CanOpenAgain ? null : SpoolStream.CreateFile();
        return new NotedStream(first, _digests, _spool);
    }

    public void Dispose()
    {
        _digests.Dispose();
        _spool?.Dispose();
    }
}
