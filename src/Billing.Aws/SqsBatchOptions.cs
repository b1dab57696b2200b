namespace Billing.Aws;

/// <summary>Options for handling batches of messages.</summary>
public sealed class SqsBatchOptions
{
    /// <summary>How many messages are handled at once, 1 to 256; messages of one FIFO group are handled one after another. Default 8.</summary>
    public int Concurrency { get; set; } = 8;

    /// <summary>How long before the deadline the work is cancelled and the rest returned, up to 5 minutes. Half of this time is left for the work to end. Default 2 seconds.</summary>
    public TimeSpan DeadlineMargin { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The scope of quarantined messages, or null. Default null.</summary>
    public string? Scope { get; set; }

    /// <summary>Returns a checked copy, which later changes to this object do not affect.</summary>
    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
    internal SqsBatchOptions Checked()
    {
        BillingConfigurationException.ThrowUnless(Concurrency is >= 1 and <= 256, nameof(SqsBatchOptions), nameof(Concurrency), Concurrency, "1 to 256");
        BillingConfigurationException.ThrowUnless(DeadlineMargin >= TimeSpan.Zero && DeadlineMargin <= TimeSpan.FromMinutes(5), nameof(SqsBatchOptions), nameof(DeadlineMargin), DeadlineMargin, "up to 5 minutes");
        BillingConfigurationException.ThrowUnless(Scope is null || !string.IsNullOrWhiteSpace(Scope), nameof(SqsBatchOptions), nameof(Scope), Scope, "an account or a supplier, or null");
        return (SqsBatchOptions)MemberwiseClone();
    }
}
