namespace Billing.Aws;

/// <summary>The outcome of handling a message: what the queue must do with it.</summary>
public sealed record SqsMessageOutcome
{
    private SqsMessageOutcome(bool isDone, string? quarantineReason, string? detail)
    {
        IsDone = isDone;
        QuarantineReason = quarantineReason;
        Detail = detail;
    }

    /// <summary>The message is done, durably: the queue deletes it.</summary>
    public static SqsMessageOutcome Done { get; } = new(true, null, null);

    /// <summary>Whether the message is done.</summary>
    public bool IsDone { get; }

    /// <summary>Whether the message can never succeed: it is quarantined, then the queue deletes it.</summary>
    public bool IsPoison => QuarantineReason is not null;

    /// <summary>The reason code of a poison message, from <see cref="Billing.QuarantineReason"/>; otherwise null.</summary>
    public string? QuarantineReason { get; }

    /// <summary>Why the message is poison or must be delivered again; null if it is done.</summary>
    public string? Detail { get; }

    /// <summary>Returns the outcome of a message that is not done: the queue delivers it again.</summary>
    /// <param name="why">The reason, for the log: no content.</param>
    public static SqsMessageOutcome Retry(string why)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(why);
        return new SqsMessageOutcome(false, null, why);
    }

    /// <summary>Returns the outcome of a message that can never succeed.</summary>
    /// <param name="quarantineReason">A code of <see cref="Billing.QuarantineReason"/>.</param>
    /// <param name="detail">What is wrong and what to do.</param>
    public static SqsMessageOutcome Poison(string quarantineReason, string detail)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(quarantineReason);
        ArgumentException.ThrowIfNullOrWhiteSpace(detail);
        return new SqsMessageOutcome(false, quarantineReason, detail);
    }
}
