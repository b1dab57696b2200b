using System.Text;

namespace Billing.Core.Tests.Amendments;

/// <summary>A ledger whose seals are tested, and the shortest ways to look at them.</summary>
internal static class Sealed
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<List<StoreFault>> FaultsAsync(IBillingStore store, params LedgerHead?[] heads)
    {
        List<StoreFault> faults = [];
        await foreach (StoreFault fault in new LedgerSeals(store).VerifyAsync([.. heads.OfType<LedgerHead>()], Cancellation))
        {
            faults.Add(fault);
        }

        return faults;
    }

    public static async Task<LedgerHead> HeadAsync(IBillingStore store) =>
        await new LedgerSeals(store).GetHeadAsync(Cancellation) ?? throw new InvalidOperationException("Nothing is sealed.");

    public static async Task<List<LedgerDocument>> DocumentsAsync(IAmendableStore store, string kind)
    {
        List<LedgerDocument> documents = [];
        DocumentQuery query = new() { Kind = kind, PageSize = 10_000 };
        do
        {
            Page<LedgerDocument> page = await store.GetDocumentsAsync(query, Cancellation);
            documents.AddRange(page.Items);
            query = query with { ContinuationToken = page.ContinuationToken };
        }
        while (query.ContinuationToken is not null);

        return documents;
    }

    public static async Task<List<string>> SealedIdsAsync(IAmendableStore store) =>
        [.. (await DocumentsAsync(store, "seals")).Select(document => Encoding.UTF8.GetString(document.Body.Span).Split("\"of\":\"")[1].Split('"')[0])];
}
