namespace Billing.Lambda.Functions;

/// <summary>For a queue without its own quarantine: a message that cannot be handled is returned to the queue, and its dead-letter queue keeps it.</summary>
internal sealed class DeadLettersOnly : IBillingSink
{
    public string Name => "the dead-letter queue";

    public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken) => throw Nothing();

    public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) => throw Nothing();

    public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken) => throw Nothing();

    private static BillingException Nothing() => new("This queue has no quarantine: the message is returned, and ends in the dead-letter queue.");
}
