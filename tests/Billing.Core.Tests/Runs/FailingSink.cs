using Microsoft.Extensions.DependencyInjection;

namespace Billing.Core.Tests.Runs;

/// <summary>A ledger that misbehaves once, at a chosen write.</summary>
internal sealed class FailingSink : IBillingSink
{
    private int _writes;

    public MemorySink Inner { get; } = new();

    public bool LoseOutcomes { get; init; }

    public int FailOnWrite { get; init; }

    public (int Write, CancellationTokenSource Source)? CancelOnWrite { get; init; }

    public string Name => "failing";

    /// <summary>A pipeline over it that writes one row at a time.</summary>
    public static BillingPipeline Pipeline(FailingSink sink) => new ServiceCollection()
        .AddBilling(billing => billing.UseBatchSize(1).AddSink(sink))
        .BuildServiceProvider()
        .GetRequiredService<BillingPipeline>();

    public async ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        int write = Interlocked.Increment(ref _writes);
        if (write == FailOnWrite)
        {
            throw new IOException("The disk is gone.");
        }

        if (CancelOnWrite is { } cancel && cancel.Write == write)
        {
            await cancel.Source.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }

        IReadOnlyList<WriteOutcome> outcomes = await Inner.WriteAsync(records, cancellationToken);
        return LoseOutcomes ? [] : outcomes;
    }

    public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) =>
        Inner.WriteQuarantineAsync(records, cancellationToken);

    public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken) => Inner.WriteRunAsync(run, cancellationToken);
}
