namespace Billing;

/// <summary>What a receipt ledger did with an upload.</summary>
public enum ReceiptOutcome
{
    /// <summary>The bytes are new: the receipt is stored, with its alerts.</summary>
    Stored,

    /// <summary>The bytes were there: the upload is counted, and nothing else of the receipt changed.</summary>
    Sighting,

    /// <summary>This very upload was counted already, and nothing changed.</summary>
    Repeated,
}
