namespace Billing.Core.Tests.Amendments;

/// <summary>Copies of a ledger, as somebody who may write anything to it can make them.</summary>
internal static class Copies
{
    private static readonly string[] s_kinds = ["changes", "closings", "duplicates", "entries", "erased", "migrations", "profiles", "quarantined", "removed", "replaced", "sealed", "seals"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<MemorySink> WithoutSealsAsync(MemorySink ledger) => OfAsync(ledger, document: document => document.Kind is "seals" or "sealed" ? null : document);

    /// <summary>A copy in which everything may be something else, or nothing.</summary>
    public static async Task<MemorySink> OfAsync(
        MemorySink ledger,
        Func<BillingRecord, BillingRecord?>? record = null,
        Func<QuarantinedRecord, QuarantinedRecord?>? quarantined = null,
        Func<IngestReport, IngestReport?>? run = null,
        Func<LedgerDocument, LedgerDocument?>? document = null)
    {
        MemorySink copy = new();
        await foreach (BillingRecord one in ledger.QueryAllAsync(new RecordQuery(), Cancellation))
        {
            if (Or(record, one) is { } kept)
            {
                await copy.WriteAsync([kept], Cancellation);
            }
        }

        await foreach (QuarantinedRecord row in ledger.GetAllQuarantineAsync(new QuarantineQuery { IncludeResolved = true }, Cancellation))
        {
            if (Or(quarantined, row) is { } kept)
            {
                await copy.WriteQuarantineAsync([kept], Cancellation);
            }
        }

        await foreach (IngestReport one in ledger.GetAllRunsAsync(Cancellation))
        {
            if (Or(run, one) is { } kept)
            {
                await copy.WriteRunAsync(kept, Cancellation);
            }
        }

        foreach (string kind in s_kinds)
        {
            foreach (LedgerDocument one in await Sealed.DocumentsAsync(ledger, kind))
            {
                if (Or(document, one) is { } kept)
                {
                    await copy.PutDocumentAsync(kept, Cancellation);
                }
            }
        }

        return copy;
    }

    private static T? Or<T>(Func<T, T?>? change, T value)
        where T : class => change is null ? value : change(value);
}
