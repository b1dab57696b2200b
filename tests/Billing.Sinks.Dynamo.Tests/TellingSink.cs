namespace Billing.Sinks.Dynamo.Tests;

/// <summary>Follows a ledger and tells when the second batch is stored there.</summary>
internal sealed class TellingSink(TaskCompletionSource told) : IBillingSink
{
    private int _batches;

    public string Name => "telling";

    public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        if (++_batches == 2)
        {
            told.TrySetResult();
        }

        return ValueTask.FromResult<IReadOnlyList<WriteOutcome>>([.. records.Select(_ => WriteOutcome.Stored)]);
    }

    public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
