namespace Billing.Sinks.Conformance.Broken;

/// <summary>A broken sink under test, as one that only writes. Its rows can be read past it.</summary>
public sealed class BrokenSinkOnly<TSink> : ISinkUnderTest
    where TSink : BrokenSink, new()
{
    private readonly TSink _sink = new();

    /// <inheritdoc/>
    public IBillingSink Connect() => _sink;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RecordKey>?> ReadKeysAsync(CancellationToken cancellationToken) =>
        await _sink.QueryAllAsync(new RecordQuery(), cancellationToken).Select(record => record.Key).ToListAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
