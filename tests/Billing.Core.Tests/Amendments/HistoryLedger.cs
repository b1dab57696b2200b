using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Amendments;

/// <summary>A ledger, and the id that each step of a history has in it.</summary>
internal sealed class HistoryLedger
{
    public Ingest Ingest { get; } = new();

    public Dictionary<int, string> Ids { get; } = [];

    /// <summary>Makes a step.</summary>
    /// <returns>Whether it did anything.</returns>
    public async Task<bool> RunAsync(HistoryStep step)
    {
        string[] ids = await step.RunAsync(this);
        if (ids.Length == 0)
        {
            return false;
        }

        Ids.Add(step.Number, Assert.Single(ids));
        return true;
    }
}
