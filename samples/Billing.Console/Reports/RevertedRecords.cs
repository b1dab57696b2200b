namespace Billing.Console.Reports;

/// <summary>What became of records that were taken back.</summary>
internal enum RevertedRecords
{
    /// <summary>They left the store.</summary>
    TakenOut,

    /// <summary>They stay, because another run delivered them too.</summary>
    Stays,

    /// <summary>They are again what they were before.</summary>
    Restored,

    /// <summary>They came back.</summary>
    PutBack,
}
