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

    /// <summary>A copy that later changes of this do not reach.</summary>
    /// <exception cref="BillingConfigurationException">An option is wrong.</exception>
    internal SqsBatchOptions Checked()
    {
        BillingConfigurationException.ThrowUnless(Concurrency is >= 1 and <= 256, nameof(SqsBatchOptions), nameof(Concurrency), Concurrency, "1 to 256");
        BillingConfigurationException.ThrowUnless(DeadlineMargin >= TimeSpan.Zero && DeadlineMargin <= TimeSpan.FromMinutes(5), nameof(SqsBatchOptions), nameof(DeadlineMargin), DeadlineMargin, "up to 5 minutes");
        BillingConfigurationException.ThrowUnless(Scope is null || !string.IsNullOrWhiteSpace(Scope), nameof(SqsBatchOptions), nameof(Scope), Scope, "an account or a supplier, or null");
        return (SqsBatchOptions)MemberwiseClone();
    }
}
