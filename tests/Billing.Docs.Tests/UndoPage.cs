namespace Billing.Docs.Tests;

/// <summary>The code of docs/undo.md, as it stands there.</summary>
internal static class UndoPage
{
    public static async Task<LedgerEntry> RevertAsync(BillingPipeline pipeline, IngestReport run)
    {
        IReadOnlyList<LedgerEntry> entries = await pipeline.RevertAsync(run.RunId, "the wrong month");
        return entries[^1];
    }

    public static async Task<LedgerEntry> RemoveAsync(IBillingStore store, RecordKey key)
    {
        LedgerEntry removal = await new LedgerRemoval(store, "a private purchase").RunAsync([key]);
        await new LedgerReversal(store) { Reason = "it was not private" }.RunAsync(removal.Id);
        return removal;
    }

    public static async Task<IngestReport> ReplaceAsync(BillingPipeline pipeline)
    {
        Delivery june = Delivery.Replace("card-1", new DateOnly(2025, 6, 1), new DateOnly(2025, 6, 30), version: "2");
        IngestReport report = await pipeline.IngestAsync(BillingSource.File("june-3.csv"), new IngestOptions { Delivery = june });
        Console.WriteLine($"superseded: {report.Superseded}");
        return report;
    }

    public static async Task<LedgerEntry> RestateAsync(IBillingStore store)
    {
        RateRestatement restatement = new(store, FixedRates.Parse("CAD=0.74, MXN=0.058")) { Reason = "revised by the bank" };
        await foreach (RecordChange change in restatement.PreviewAsync())
        {
            Console.WriteLine($"{change.From!.ReportingAmount} becomes {change.To!.ReportingAmount}");
        }

        LedgerEntry restated = await restatement.RunAsync();
        Console.WriteLine($"restatement {restated.Number}: {restated.Difference}");
        return restated;
    }

    public static async Task RoundingAsync(IBillingStore store)
    {
        foreach (ConversionRounding rounding in await store.GetRoundingAsync(new RecordQuery()))
        {
            Console.WriteLine($"{rounding.Source}: {rounding.Amount} {rounding.Currency} are exactly {rounding.Exact} {rounding.ReportingCurrency}, stored as {rounding.Stored}");
        }
    }

    public static async Task<IReadOnlyList<SummaryRow>> AsOfAsync(IBillingStore store, IngestReport run, RecordKey key)
    {
        IBillingStore then = await store.AsOfAsync(run.RunId);
        IReadOnlyList<SummaryRow> months = await then.SummarizeAsync(SummaryBy.Month, new RecordQuery());
        await foreach (RecordChange change in store.GetChangesAsync(key))
        {
            Console.WriteLine(change);
        }

        return months;
    }
}
