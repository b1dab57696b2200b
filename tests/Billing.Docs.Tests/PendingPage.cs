namespace Billing.Docs.Tests;

/// <summary>The code of docs/pending.md, as it stands there.</summary>
internal static class PendingPage
{
    public static async Task AnswerAsync(IBillingStore store, RecordKey row1, RecordKey record, RecordKey row2)
    {
        LedgerPending pending = new(store);
        foreach (PendingTransaction row in await pending.ListAsync())
        {
            Console.WriteLine($"{row}, {row.Candidates.Count} candidates");
        }

        await pending.SettleAsync(row1, record);
        await pending.DismissAsync(row2, "released by the bank");
    }
}
