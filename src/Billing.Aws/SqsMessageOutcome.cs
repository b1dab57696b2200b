namespace Billing.Aws;

/// <summary>What is to become of a message.</summary>
public sealed record SqsMessageOutcome
{
    private SqsMessageOutcome(bool isDone, string? quarantineReason, string? detail)
    {
        IsDone = isDone;
        QuarantineReason = quarantineReason;
        Detail = detail;
    }

    /// <summary>Done, durably: the queue deletes it.</summary>
    public static SqsMessageOutcome Done { get; } = new(true, null, null);

    /// <summary>Whether it is done.</summary>
    public bool IsDone { get; }

    /// <summary>Whether no delivery will ever succeed: it is quarantined, then the queue deletes it.</summary>
    public bool IsPoison => QuarantineReason is not null;

    /// <summary>The reason code of poison, of <see cref="Billing.QuarantineReason"/>; null otherwise.</summary>
    public string? QuarantineReason { get; }

    /// <summary>Why it is poison or to be delivered again; null when it is done.</summary>
    public string? Detail { get; }

    /// <summary>Not done: the queue delivers it again.</summary>
    /// <param name="why">For the log: no content.</param>
    public static SqsMessageOutcome Retry(string why)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(why);
        return new SqsMessageOutcome(false, null, why);
    }

    /// <summary>No delivery will ever succeed.</summary>
    /// <param name="quarantineReason">A code of <see cref="Billing.QuarantineReason"/>.</param>
    /// <param name="detail">What is wrong and what to do.</param>
    public static SqsMessageOutcome Poison(string quarantineReason, string detail)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(quarantineReason);
        ArgumentException.ThrowIfNullOrWhiteSpace(detail);
        return new SqsMessageOutcome(false, quarantineReason, detail);
    }
}
