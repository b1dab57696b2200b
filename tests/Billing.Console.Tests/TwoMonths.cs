using System.Text.Json;

namespace Billing.Console.Tests;

/// <summary>A store with May and June: June has a row of May too, and one without a rate.</summary>
internal sealed class TwoMonths : IDisposable
{
    private const string Header = "date,company,amount,currency\n";

    private TwoMonths(string kind) => Place = new Workplace(kind);

    public Workplace Place { get; }

    public string Store => Place.Store;

    public string MayRun { get; private set; } = "";

    public string JuneRun { get; private set; } = "";

    public static async Task<TwoMonths> CreateAsync(string kind = StoreKinds.Sqlite)
    {
        TwoMonths months = new(kind);
        months.MayRun = await months.IngestAsync("may.csv", "2025-05-30,Acme,10.00,EUR\n2025-05-31,Bakery,5.50,USD\n");
        months.JuneRun = await months.IngestAsync("june.csv", "2025-05-31,Bakery,5.50,USD\n2025-06-02,Acme,20.00,EUR\n2025-06-05,Cafe,7.25,USD\n2025-06-09,Nobody,1.00,CAD\n");
        return months;
    }

    /// <summary>Writes and ingests a file.</summary>
    /// <returns>The id of the run.</returns>
    public async Task<string> IngestAsync(string name, string rows, params string[] more)
    {
        Run run = await Place.BillingAsync(["ingest", Place.Write(name, Header + rows), "--rates", "EUR=1.10", "--to", Store, "--json", .. more]);
        Assert.True(run.ExitCode is 0 or ExitCode.Quarantined, run.Error);
        return run.Json.GetProperty("sources")[0].GetProperty("runId").GetString()!;
    }

    public Task<Run> BillingAsync(string command, params string[] more) => Place.BillingAsync(100, [.. command.Split(' '), .. more, "--store", Store]);

    public Task<Run> JsonAsync(string command, params string[] more) => BillingAsync(command, [.. more, "--json"]);

    /// <summary>The parties and amounts of the stored records.</summary>
    public async Task<string> RecordsAsync(params string[] more) => string.Join(
        ", ", (await JsonAsync("records", more)).Json.GetProperty("records").EnumerateArray().Select(record => $"{record.GetProperty("party").GetString()} {record.GetProperty("amount").GetProperty("amount").GetString()}"));

    /// <summary>The key of the record of a party.</summary>
    public async Task<string> KeyAsync(string party) => (await JsonAsync("records --party", party)).Json.GetProperty("records")[0].GetProperty("key").GetString()!;

    /// <summary>Takes something back.</summary>
    /// <returns>The id of the entry.</returns>
    public async Task<string> RevertAsync(string id, params string[] more)
    {
        Run run = await JsonAsync("revert", [id, .. more]);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Json.GetProperty("entries").EnumerateArray().Last().GetProperty("id").GetString()!;
    }

    /// <summary>What a command answers about one record.</summary>
    public async Task<JsonElement> ExplainAsync(string record)
    {
        Run run = await JsonAsync("explain", record);
        Assert.True(run.ExitCode == 0, run.Error);
        return Assert.Single(run.Json.GetProperty("records").EnumerateArray());
    }

    public void Dispose() => Place.Dispose();
}
