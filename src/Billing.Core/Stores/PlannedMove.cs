namespace Billing.Stores;

/// <summary>What is to become of one record.</summary>
internal readonly record struct PlannedMove(RecordKey From, RecordKey To, Fingerprint Fingerprint, int Occurrence, RecordSource Source);
