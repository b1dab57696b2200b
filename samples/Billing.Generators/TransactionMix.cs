namespace Billing.Generators;

/// <summary>What share of the transactions is planted trouble, each in percent, 0 to 100.</summary>
/// <param name="Dirt">Messages that no consumer can process: no JSON, no id, an amount that is no number.</param>
/// <param name="Redelivered">Good transactions that are sent a second time as they are.</param>
/// <param name="Conflicting">Good transactions whose id is sent a second time with another amount.</param>
public sealed record TransactionMix(int Dirt = 0, int Redelivered = 0, int Conflicting = 0);
