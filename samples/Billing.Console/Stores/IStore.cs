namespace Billing.Console.Stores;

/// <summary>A place for records, as <c>--to</c> and <c>--store</c> name it.</summary>
internal interface IStore
{
    /// <summary>The place, as it can be given to <c>--store</c> again.</summary>
    string Address { get; }

    /// <summary>Whether something is there to read.</summary>
    bool Exists { get; }

    /// <summary>Whether what is written outlives the command.</summary>
    bool IsKept { get; }

    /// <summary>What a user should know of the address, or null.</summary>
    string? Warning => null;

    /// <summary>Makes it the ledger of a pipeline; created where it is not there.</summary>
    void AddTo(BillingBuilder billing);

    /// <summary>Opens it for reading; the caller disposes what can be disposed. Never creates it.</summary>
    IBillingStore Open();
}
