namespace Billing.Core.Tests.Amendments;

/// <summary>A step of a history.</summary>
/// <param name="Number">Its place.</param>
/// <param name="Of">The step whose rows it replays, or null.</param>
/// <param name="Text">What it does, for a failure.</param>
/// <param name="RunAsync">Makes it in a ledger, and returns the ids of its runs or entries.</param>
internal sealed record HistoryStep(int Number, int? Of, string Text, Func<HistoryLedger, Task<string[]>> RunAsync);
