namespace Billing.Amendments;

/// <summary>What an erasure replaced text in.</summary>
internal enum ErasedPart
{
    /// <summary>A record, as it is stored or as a change keeps it.</summary>
    Record,

    /// <summary>A row in quarantine.</summary>
    Quarantined,

    /// <summary>The document of a change.</summary>
    Change,
}
