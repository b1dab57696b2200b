namespace Billing.Benchmarks;

/// <summary>Takes everything and keeps nothing: what is left is the cost of the pipeline.</summary>
internal sealed class NullSink : IBillingSink
{
    public string Name => "null";

    public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken) =>
        new(new WriteOutcome[records.Count]);

    public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) => default;

    public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken) => default;
}
