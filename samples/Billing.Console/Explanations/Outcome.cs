namespace Billing.Console.Explanations;

/// <summary>What became of a record.</summary>
internal enum Outcome
{
    /// <summary>It is the stored record.</summary>
    Stored,

    /// <summary>The same content is stored under its key, from another place.</summary>
    Duplicate,

    /// <summary>Other content is stored under its key.</summary>
    Conflict,

    /// <summary>It is in quarantine.</summary>
    Quarantined,

    /// <summary>It was in quarantine and is stored now.</summary>
    Replayed,

    /// <summary>It was in quarantine, and somebody dismissed it.</summary>
    Dismissed,

    /// <summary>It is pending: authorised, not posted.</summary>
    Pending,

    /// <summary>It was pending, and a posted record replaced it.</summary>
    Posted,

    /// <summary>It was stored, and is not any more: it was taken back, removed or replaced.</summary>
    TakenOut,

    /// <summary>It could be stored, and is not.</summary>
    NotStored,

    /// <summary>It cannot be processed, and no run has met it yet.</summary>
    Unprocessable,
}
