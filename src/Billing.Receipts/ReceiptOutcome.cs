using System.Text.Json.Serialization;
using Billing.Storage;

namespace Billing;

/// <summary>The outcome of an upload in a receipt ledger.</summary>
[JsonConverter(typeof(OutcomeJsonConverter))]
public enum ReceiptOutcome
{
    /// <summary>The bytes are new: the receipt is stored, with its alerts.</summary>
    Stored,

    /// <summary>The bytes were already stored: the upload is counted, and nothing else in the receipt changed.</summary>
    Sighting,

    /// <summary>The same upload was already counted, and nothing changed.</summary>
    Repeated,
}
