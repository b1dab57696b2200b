namespace Billing.Aws.Secrets;

/// <summary>One secret, read by one caller at a time.</summary>
internal sealed class CachedSecret(TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private string? _text;
    private long _readAt;
    private int _version;

    /// <summary>Returns the cached secret, or reads it if it is missing or expired.</summary>
    public async Task<string> GetAsync(Func<CancellationToken, ValueTask<string>> read, TimeSpan cacheFor, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _text is not null && time.GetElapsedTime(_readAt) < cacheFor ? _text : await KeepAsync(read, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reads the secret now. Callers that arrive during a read share its result.</summary>
    public async Task<string> RefreshAsync(Func<CancellationToken, ValueTask<string>> read, CancellationToken cancellationToken)
    {
        int known = Volatile.Read(ref _version);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Two versions later: that read began after this call.
            return _text is not null && _version - known > 1 ? _text : await KeepAsync(read, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async ValueTask<string> KeepAsync(Func<CancellationToken, ValueTask<string>> read, CancellationToken cancellationToken)
    {
        string text = await read(cancellationToken).ConfigureAwait(false);
        (_text, _readAt, _version) = (text, time.GetTimestamp(), _version + 1);
        return text;
    }
}
