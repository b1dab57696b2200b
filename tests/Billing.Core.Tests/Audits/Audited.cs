using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Audits;

/// <summary>A ledger with all that a bundle may have, and the script that proves it.</summary>
internal static class Audited
{
    public const string June = "date,company,note,amount,currency\n2025-06-01,Acme,\"=1+1\n second\tline\",10.00,USD\n2025-06-02,Café 'Süd',,-3.50,CAD\nnonsense,Acme,,1,USD\n2025-06-04,Acme,small,0.004,CAD\n2025-06-05,Acme,same,7.25,JPY\n2025-06-05,Acme,same,7.25,JPY\n";
    private const string Ids = "date,id,company,amount,currency\n2025-06-20,A1,Bell,5.00,USD\n2025-06-21,A2,Bell,6.00,CAD\n2025-07-01,A3,Bell,7.00,USD\n";

    private static readonly IngestOptions s_scope = new() { Scope = "acct" };
    private static readonly IngestOptions s_byId = new() { Scope = "ids", Identity = RecordIdentity.Columns("id") };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string Script => Repository.PathTo("samples", "audit", "verify.py");

    /// <summary>Conflicts, quarantine, a late rate, a reversal, a delivery that replaces and is taken back, a removal, a restatement, several currencies, repeats.</summary>
    public static async Task<Ingest> LedgerAsync()
    {
        Ingest ingest = new(billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75, JPY=0.0068")));
        await ingest.Text(June, options: s_scope);
        await ingest.Text(June, "june-again.csv", s_scope);
        await ingest.Text(Ids, "ids.csv", s_byId);
        IngestReport conflicts = await ingest.Text(Ids.Replace("5.00", "5.01", StringComparison.Ordinal), "ids-2.csv", s_byId);
        Assert.Equal((1, 2), (conflicts.Conflict.Rows, conflicts.Duplicate.Rows));
        IngestReport august = await ingest.Text(Months(June, "08"), "august.csv", s_scope);
        await ingest.Pipeline().RevertAsync(august.RunId, "wrong file", Cancellation);
        await ingest.Text(Months(June, "07"), "july.csv", s_scope);
        Delivery whole = Delivery.Replace("acct", new DateOnly(2025, 7, 1), new DateOnly(2025, 7, 31));
        IngestReport replaced = await ingest.Text(Months(June, "07").Replace("nonsense,Acme,,1,USD\n", "", StringComparison.Ordinal).Replace("10.00", "11.00", StringComparison.Ordinal), "july-2.csv", s_scope with { Delivery = whole });
        Assert.Equal(1, replaced.Superseded.Rows);
        await new LedgerRemoval(ingest.Ledger, "private").RunAsync([(await ingest.Records())[0].Key], Cancellation);
        await new RateRestatement(ingest.Ledger, FixedRates.Parse("CAD=0.74, JPY=0.0069")) { Reason = "revised" }.RunAsync(cancellationToken: Cancellation);
        await ingest.Text(Months(June, "09"), "september.csv", s_scope);
        return ingest;
    }

    public static string Months(string june, string month) => june.Replace("2025-06", $"2025-{month}", StringComparison.Ordinal);

    /// <summary>Exports a ledger into a new folder.</summary>
    public static async Task<string> ExportAsync(IBillingStore ledger, DateOnly? from = null, DateOnly? to = null)
    {
        string folder = Path.Combine(Some.Folder(), "bundle");
        await new AuditBundle(ledger) { From = from, To = to }.WriteFolderAsync(folder, Cancellation);
        return folder;
    }

    /// <summary>Runs the script.</summary>
    public static async Task<(int Code, string Output)> VerifyAsync(string bundle, LedgerHead head)
    {
        string heads = Path.Combine(Some.Folder(), "heads.txt");
        await File.WriteAllTextAsync(heads, $"kept on paper\n{head}\n", Cancellation);
        return await PythonScript.RunAsync(Script, bundle, "--head", heads);
    }
}
