namespace Billing.Generators;

/// <summary>The shares of faulty and repeated transactions, each in percent, 0 to 100.</summary>
/// <param name="Dirt">Messages that no consumer can process: not JSON, without an id, or with an amount that is not a number.</param>
/// <param name="Redelivered">Good transactions that are sent a second time, unchanged.</param>
/// <param name="Conflicting">Good transactions whose id is sent a second time with another amount.</param>
public sealed record TransactionMix(int Dirt = 0, int Redelivered = 0, int Conflicting = 0);
