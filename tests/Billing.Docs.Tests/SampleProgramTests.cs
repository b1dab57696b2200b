using System.Net;
using System.Text;

namespace Billing.Docs.Tests;

/// <summary>The samples of the pages do what the pages say.</summary>
public sealed class SampleProgramTests
{
    private const string June = "date,party,amount,currency\n2025-06-02,Acme,10.00,EUR\n2025-06-03,Baker,100.00,USD\n";

    [Fact]
    public async Task An_upload_is_stored_once_refused_as_a_whole_or_answered_with_what_is_in_quarantine()
    {
        string folder = Some.Folder();
        await using SampleProgram upload = new("Billing.Upload", folder, "--urls", "http://127.0.0.1:0");
        string listening = await upload.SaysAsync("Now listening on: ");
        using HttpClient client = new() { BaseAddress = new Uri(listening[listening.IndexOf("http", StringComparison.Ordinal)..]) };

        (HttpStatusCode status, string statement) = await PutAsync(client, "june.csv", June);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("june.csv: completed, balanced", statement, StringComparison.Ordinal);
        Assert.Contains("stored, in EUR: 102", statement, StringComparison.Ordinal);

        (status, statement) = await PutAsync(client, "again.csv", June + "2025-06-04,Nobody,5,ABC\n");
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Contains("unknown_currency 1", statement, StringComparison.Ordinal);

        (status, statement) = await PutAsync(client, "other.csv", "a,b\n1,2\n");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("other.csv", statement, StringComparison.Ordinal);

        Assert.Equal("""[{"month":"2025-06","rows":2,"total":"102"}]""", await client.GetStringAsync(new Uri("/totals", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_worker_takes_files_and_moves_them_when_they_are_done()
    {
        string folder = Some.Folder();
        string inbox = Path.Combine(folder, "inbox");
        Directory.CreateDirectory(inbox);
        await File.WriteAllTextAsync(Path.Combine(inbox, "june.csv"), June, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(inbox, "other.csv"), "a,b\n1,2\n", TestContext.Current.CancellationToken);
        File.Copy(Repository.PathTo("samples", "Billing.Worker", "appsettings.json"), Path.Combine(folder, "appsettings.json"));
        await using SampleProgram worker = new("Billing.Worker", folder);
        Assert.Contains("read 2 = stored 2 + duplicate 0 ", await worker.SaysAsync("june.csv is in the ledger"), StringComparison.Ordinal);
        await worker.SaysAsync("other.csv could not be ingested");

        await File.WriteAllTextAsync(Path.Combine(inbox, "renamed.part"), June, TestContext.Current.CancellationToken);
        File.Move(Path.Combine(inbox, "renamed.part"), Path.Combine(inbox, "renamed.csv"));
        Assert.Contains("read 2 = stored 0 + duplicate 2 ", await worker.SaysAsync("renamed.csv is in the ledger"), StringComparison.Ordinal);
        Assert.Equal(["june.csv", "renamed.csv"], Names(Path.Combine(inbox, "done")));
        Assert.Equal(["other.csv", "other.csv.txt"], Names(Path.Combine(inbox, "failed")));
    }

    [Fact]
    public async Task A_sink_of_ones_own_follows_the_ledger_and_takes_each_record_once()
    {
        string folder = Some.Folder();
        string june = Path.Combine(folder, "june.csv");
        string journal = Path.Combine(folder, "journal.tsv");
        await File.WriteAllTextAsync(june, June, TestContext.Current.CancellationToken);
        Assert.Matches(@"stored +2 ", await SampleProgram.RunAsync("Billing.OwnSink", folder, june));
        string[] lines = await File.ReadAllLinesAsync(journal, TestContext.Current.CancellationToken);
        Assert.Equal(["june.csv\t2025-06-02\t10.00\tEUR\t10.00", "june.csv\t2025-06-03\t100.00\tUSD\t92.00"], lines.Select(line => line.Split('\t', 3)[2]));

        // A line that was being written when the process was killed is no line; its record comes again, and the others are known.
        await File.WriteAllTextAsync(journal, lines[0] + "\n" + lines[1][..90], TestContext.Current.CancellationToken);
        Assert.Matches(@"duplicate +2 ", await SampleProgram.RunAsync("Billing.OwnSink", folder, june));
        Assert.Equal(lines, await File.ReadAllLinesAsync(journal, TestContext.Current.CancellationToken));
    }

    // A moved file has a number before its name.
    private static IEnumerable<string> Names(string folder) => Directory.GetFiles(folder).Select(path => Path.GetFileName(path).Split(' ', 2)[1]).Order(StringComparer.Ordinal);

    private static async Task<(HttpStatusCode Status, string Body)> PutAsync(HttpClient client, string name, string body)
    {
        using StringContent content = new(body, Encoding.UTF8, "text/csv");
        using HttpResponseMessage response = await client.PutAsync(new Uri($"/files/{name}", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
