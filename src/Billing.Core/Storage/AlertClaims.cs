namespace Billing.Storage;

/// <summary>What a claim, a confirmation and a failure make of an alert that is kept. The time that an alert is due is the claim itself: no two claims end at the same time, as the next begins when the last has ended.</summary>
internal static class AlertClaims
{
    private const int LongestError = 1_000;

    /// <exception cref="ArgumentOutOfRangeException">The number is not 1 to 100, or the lease not above zero.</exception>
    public static void Check(int most, TimeSpan lease)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, 100);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lease, TimeSpan.Zero);
    }

    public static BillingAlert Claimed(BillingAlert kept, DateTimeOffset now, TimeSpan lease) => kept with { DueAt = (now + lease).ToUniversalTime() };

    /// <summary>Null where nothing changes: it is confirmed already.</summary>
    public static BillingAlert? Confirmed(BillingAlert kept, DateTimeOffset sentAt) => kept.SentAt is not null
        ? null
        : kept with { SentAt = sentAt.ToUniversalTime(), DueAt = null, Attempts = kept.Attempts + 1 };

    /// <summary>Null where nothing changes: it is sent, or another sender's.</summary>
    public static BillingAlert? Failed(BillingAlert kept, BillingAlert claimed, string error, DateTimeOffset retryAt) => kept.SentAt is not null || kept.DueAt != claimed.DueAt
        ? null
        : kept with { DueAt = retryAt.ToUniversalTime(), Attempts = kept.Attempts + 1, LastError = Cut(error) };

    /// <summary>As much of an error as is kept, as Unicode text.</summary>
    public static string Cut(string error)
    {
        string text = error.Length <= LongestError ? error : error[..LongestError];
        return UnicodeText.IsWellFormed(text) ? text : System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
    }
}
