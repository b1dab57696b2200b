namespace Billing.Aws;

/// <summary>How batches of messages are handled.</summary>
public sealed class SqsBatchOptions
{
    /// <summary>How many messages are handled at once, 1 to 256; those of one FIFO group one after another. Default 8.</summary>
    public int Concurrency { get; set; } = 8;

    /// <summary>How long before the deadline work is cancelled and the rest returned, up to 5 minutes. Half of it is left for the work to end. Default 2 seconds.</summary>
    public TimeSpan DeadlineMargin { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The scope of what is quarantined, or null. Default null.</summary>
    public string? Scope { get; set; }

    internal SqsBatchOptions Checked()
    {
        if (Concurrency is < 1 or > 256)
        {
            throw new BillingConfigurationException(FormattableString.Invariant($"{nameof(SqsBatchOptions)}.{nameof(Concurrency)} is '{Concurrency}'. Use 1 to 256."));
        }

        if (DeadlineMargin < TimeSpan.Zero || DeadlineMargin > TimeSpan.FromMinutes(5))
        {
            throw new BillingConfigurationException($"{nameof(SqsBatchOptions)}.{nameof(DeadlineMargin)} is '{DeadlineMargin}'. Use up to 5 minutes.");
        }

        return (SqsBatchOptions)MemberwiseClone();
    }
}
