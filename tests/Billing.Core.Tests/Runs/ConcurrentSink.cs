using Microsoft.Extensions.DependencyInjection;

namespace Billing.Core.Tests.Runs;

/// <summary>A ledger that takes several batches at once, and holds each until the test lets it go.</summary>
internal sealed class ConcurrentSink(int concurrentWrites) : IBillingSink, IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _began = new(0);
    private readonly Dictionary<string, TaskCompletionSource> _held = [];
    private int _underWay;

    public MemorySink Inner { get; } = new();

    public int Concurrency => concurrentWrites;

    public string Name => "concurrent";

    /// <summary>The most batches that were under way at once.</summary>
    public int Most { get; private set; }

    /// <summary>A pipeline over it that writes one row at a time.</summary>
    public BillingPipeline Pipeline() => new ServiceCollection()
        .AddBilling(billing => billing.UseBatchSize(1).AddSink(this))
        .BuildServiceProvider()
        .GetRequiredService<BillingPipeline>();

    /// <summary>Waits until this many more batches are under way.</summary>
    public async Task BeganAsync(int batches)
    {
        for (int i = 0; i < batches; i++)
        {
            await _began.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Whether a batch is under way that began and was not waited for.</summary>
    public bool HasBegunMore => _began.CurrentCount > 0;

    /// <summary>Lets the batch with this row go on.</summary>
    public void Release(string sourceId) => Gate(sourceId).SetResult();

    /// <summary>Makes the batch with this row fail.</summary>
    public void Fail(string sourceId) => Gate(sourceId).SetException(new IOException("The disk is gone."));

    public async ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _underWay++;
            Most = Math.Max(Most, _underWay);
        }

        try
        {
            _began.Release();
            await Gate(records[0].Description!).Task;
            return await Inner.WriteAsync(records, cancellationToken);
        }
        finally
        {
            lock (_lock)
            {
                _underWay--;
            }
        }
    }

    public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) =>
        Inner.WriteQuarantineAsync(records, cancellationToken);

    public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken) => Inner.WriteRunAsync(run, cancellationToken);

    public void Dispose() => _began.Dispose();

    private TaskCompletionSource Gate(string name)
    {
        lock (_lock)
        {
            return _held.TryGetValue(name, out TaskCompletionSource? gate) ? gate : _held[name] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
