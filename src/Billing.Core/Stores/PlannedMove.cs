namespace Billing.Stores;

/// <summary>The planned move of one record.</summary>
internal readonly record struct PlannedMove(RecordKey From, RecordKey To, Fingerprint Fingerprint, int Occurrence, RecordSource Source);
