using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Billing.Console.Tests.EndToEnd;

/// <summary>With <c>--json</c> the standard output is one document, also where the command fails; what a user can cause is said in a sentence.</summary>
public sealed class JsonErrorTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(2, "ingst --json")]
    [InlineData(2, "ingest --json")]
    [InlineData(2, "ingest no-such.csv --json")]
    [InlineData(2, "ingest %june --rulez x --json")]
    [InlineData(2, "ingest %june --currency XXQ --json")]
    [InlineData(2, "ingest %june --layout %june --json")]
    [InlineData(2, "ingest %june --rates CAD=x --json")]
    [InlineData(2, "records --json")]
    [InlineData(2, "records --store nonsense --json")]
    [InlineData(1, "records --store sqlite:%june --json")]
    [InlineData(1, "summary --store sqlite:%june --json")]
    [InlineData(1, "runs --store sqlite:%june --json")]
    [InlineData(1, "quarantine --store sqlite:%june --json")]
    [InlineData(1, "quarantine replay --store sqlite:%june --json")]
    [InlineData(1, "verify --store sqlite:%june --json")]
    [InlineData(1, "ingest %june --store sqlite:%june --json")]
    [InlineData(1, "ingest %june --store sqlite:%folder --json")]
    [InlineData(2, "verify sqlite:%june --store sqlite:%june --json")]
    [InlineData(1, "explain %june:99 --json")]
    [InlineData(2, "explain nonsense --json")]
    [InlineData(1, "inspect %empty --json")]
    [InlineData(1, "inspect %zip --json")]
    [InlineData(1, "inspect %gz --json")]
    [InlineData(1, "ingest %gz --store memory: --json")]
    [InlineData(2, "inspect %folder --json")]
    [InlineData(2, "copy --from sqlite:no-such.db --to memory: --json")]
    [InlineData(2, "generate csv --rows 1 --seed 1 --json")]
    [InlineData(1, "generate csv --rows 1 --seed 1 --out %folder/no/such.csv --json")]
    [InlineData(1, "generate payments --seed 1 --out %folder --json")]
    [InlineData(1, "inspect %june --out %folder/no/such.json --json")]
    public async Task A_failure_is_one_document_with_the_error_and_the_exit_code_is_kept(int exitCode, string call)
    {
        _place.Write("june.csv", "date,amount,currency\n2025-06-02,10.00,USD\n");
        _place.Write("empty.csv", "");
        _place.Write("a.zip", "PK\u0003\u0004xxxxxxxxxxxxxxxx");
        File.WriteAllBytes(_place.PathTo("a.gz"), [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8]);
        string[] words = [.. call.Split(' ').Select(word => word
            .Replace("%june", _place.PathTo("june.csv"), StringComparison.Ordinal)
            .Replace("%empty", _place.PathTo("empty.csv"), StringComparison.Ordinal)
            .Replace("%zip", _place.PathTo("a.zip"), StringComparison.Ordinal)
            .Replace("%gz", _place.PathTo("a.gz"), StringComparison.Ordinal)
            .Replace("%folder", _place.Folder, StringComparison.Ordinal))];
        Run run = await _place.BillingAsync(words);
        using JsonDocument document = JsonDocument.Parse(run.Out);
        Assert.True(exitCode == run.ExitCode, $"{run.ExitCode}: {run.Error}");
        string error = document.RootElement.TryGetProperty("error", out JsonElement one) ? one.GetString()! : document.RootElement.GetProperty("errors")[0].GetString()!;
        Assert.Contains(error[..Math.Min(error.Length, 40)], run.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("report it", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unexpected", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("records --store %store")]
    [InlineData("ingest %june --store %store")]
    [InlineData("verify --store %store --json")]
    [InlineData("records --store %store --json")]
    public async Task A_server_that_refuses_is_told_in_one_sentence(string call)
    {
        using TcpListener closed = new(IPAddress.Loopback, 0);
        closed.Start();
        int port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        _place.Write("june.csv", "date,amount,currency\n2025-06-02,10.00,USD\n");
        Run run = await _place.BillingAsync(call.Replace("%store", $"dynamodb:billing?endpoint=http://127.0.0.1:{port}", StringComparison.Ordinal).Replace("%june", _place.PathTo("june.csv"), StringComparison.Ordinal).Split(' '));
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("DynamoDB does not answer", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_store_is_named_by_one_option_everywhere()
    {
        string june = _place.Write("june.csv", "date,amount,currency\n2025-06-02,10.00,USD\n");
        string[] store = ["--store", _place.Store];
        Assert.Equal(0, (await _place.BillingAsync(["ingest", june, .. store])).ExitCode);
        Assert.Equal(0, (await _place.BillingAsync("ingest", june, "--to", _place.Store)).ExitCode);
        foreach (string command in (string[])["records", "summary", "runs", "quarantine", "quarantine list", "quarantine replay", "verify", $"explain {june}:2"])
        {
            Run run = await _place.BillingAsync([.. command.Split(' '), .. store]);
            Assert.True(run.ExitCode == 0, $"{command}: {run.Error}");
        }

        Assert.Equal(0, (await _place.BillingAsync(["generate", "payments", "--seed", "1", .. store, "--rates", "EUR=1.1,GBP=1.3"])).ExitCode);
    }

    [Fact]
    public async Task One_row_is_one_row()
    {
        string june = _place.Write("june.csv", "date,amount,currency\n2025-06-02,10.00,USD\n");
        Run ingest = await _place.BillingAsync("ingest", june, "--store", _place.Store);
        Assert.Contains("june.csv: 1 row, 1 stored", ingest.Error, StringComparison.Ordinal);
        Assert.Contains("1 record, 10.00 USD; 1 run", (await _place.BillingAsync("verify", "--store", _place.Store)).Out, StringComparison.Ordinal);
        Assert.Contains("1 of 1 row can be read", (await _place.BillingAsync("inspect", june)).Out, StringComparison.Ordinal);
        Assert.Contains("1 row, ", (await _place.BillingAsync("generate", "csv", "--rows", "1", "--seed", "1", "--out", _place.PathTo("a.csv"))).Out, StringComparison.Ordinal);
    }
}
