using System.Text.Json;

namespace Billing.Console.Tests.EndToEnd;

/// <summary>Generated transactions and payments, on the output, in a file, in every store and in a queue.</summary>
public sealed class GenerateTests : IDisposable
{
    private const string Rates = "EUR=1.08,GBP=1.27";

    private readonly Workplace _place = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("transactions", "generate transactions --count 40 --seed 7 --poison 10 --redelivered 5 --conflicting 5")]
    [InlineData("payments", "generate payments --count 5 --seed 18446744073709551615")]
    [InlineData("payment", "generate payments --seed 7")]
    public async Task The_same_seed_gives_the_same_messages_for_ever(string golden, string command)
    {
        Run run = await _place.BillingAsync(command.Split(' '));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        GoldenFile.Check($"generate-{golden}.jsonl", run.Out);
    }

    [Theory]
    [InlineData("transactions", 10_001)]
    [InlineData("payments", 10_000)]
    public async Task A_file_holds_the_messages_of_the_output_and_is_told_of(string kind, int count)
    {
        string file = _place.PathTo("made.jsonl");
        string[] command = ["generate", kind, "--count", $"{count}", "--seed", "3"];
        Run onOutput = await _place.BillingAsync(command);
        Run inFile = await _place.BillingAsync([.. command, "--out", file, "--json", "--rate", "1000000"]);
        Assert.Equal(onOutput.Out, await File.ReadAllTextAsync(file, Cancellation));
        Assert.Equal(
            (0, file, count, new FileInfo(file).Length, "3"),
            (inFile.ExitCode, inFile.Json.GetProperty("file").GetString(), inFile.Json.GetProperty("messages").GetInt32(), inFile.Json.GetProperty("bytes").GetInt64(), inFile.Json.GetProperty("seed").GetString()));
        Run said = await _place.BillingAsync([.. command, "--out", file]);
        Assert.Matches(@"^1\d,00\d messages, \d\.\d MB, written to .+made.jsonl\.\n$", said.Out.Replace('\n', ' ').TrimEnd() + "\n");
    }

    [Theory]
    [InlineData(StoreKinds.Sqlite)]
    [InlineData(StoreKinds.MySql)]
    [InlineData(StoreKinds.Dynamo)]
    public async Task Transactions_go_through_the_pipeline_into_every_store_and_the_statement_balances(string kind)
    {
        using Workplace place = new(kind);
        string[] command =
        [
            "generate", "transactions", "--count", "1000", "--seed", "7", "--poison", "5", "--redelivered", "5", "--conflicting", "2",
            "--to", place.Store, "--rates", Rates, "--rules", Workplace.Sample("rules.transactions.json"),
        ];
        Run first = await place.BillingAsync(command);
        Assert.Equal(ExitCode.Quarantined, first.ExitCode);
        place.Check("generate-to-store.txt", first.Out);

        // The same ones again are all there already; what conflicted still does, against the one that was first.
        Run second = await place.BillingAsync([.. command, "--json"]);
        Assert.Equal("""{"read":1070,"stored":0,"duplicate":1000,"conflict":20,"quarantined":50}""", Rows(second));

        Run categories = await place.BillingAsync("summary", "--by", "category", "--store", place.Store, "--json");
        Assert.Equal(["high_value", "medium_value", "standard"], categories.Json.GetProperty("groups").EnumerateArray().Select(group => group.GetProperty("group").GetString()));
        Assert.Equal(950, categories.Json.GetProperty("total").GetProperty("rows").GetInt32());
    }

    [Theory]
    [InlineData(StoreKinds.Sqlite)]
    [InlineData(StoreKinds.MySql)]
    [InlineData(StoreKinds.Dynamo)]
    public async Task Payments_are_known_by_their_id_in_every_store(string kind)
    {
        using Workplace place = new(kind);
        string[] command = ["generate", "payments", "--count", "100", "--seed", "1", "--to", place.Store, "--rates", Rates, "--json"];
        Run first = await place.BillingAsync(command);
        Assert.Equal((0, """{"read":100,"stored":100,"duplicate":0,"conflict":0,"quarantined":0}"""), (first.ExitCode, Rows(first)));
        Assert.True(first.Json.GetProperty("total").GetProperty("balanced").GetBoolean());
        Run second = await place.BillingAsync(command);
        Assert.Equal((0, """{"read":100,"stored":0,"duplicate":100,"conflict":0,"quarantined":0}"""), (second.ExitCode, Rows(second)));
        Run one = await place.BillingAsync("records", "--store", place.Store, "--page-size", "1", "--json");
        JsonElement record = one.Json.GetProperty("records")[0];
        Assert.Equal("payments of seed 1", record.GetProperty("source").GetProperty("name").GetString());
        Assert.Equal(["source", "status"], record.GetProperty("attributes").EnumerateObject().Select(attribute => attribute.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_message_arrives_in_the_queue_of_an_emulator()
    {
        string[] command = ["generate", "transactions", "--count", "500", "--seed", "7", "--poison", "5", "--redelivered", "5", "--conflicting", "2"];
        Run sent = await Emulator.BillingAsync([.. command, "--to", "sqs:generated"], Cancellation);
        Assert.Equal(new Run(0, "sqs:generated: messages 535 = sent 535 + not sent 0\n", ""), sent);
        string[] made = (await _place.BillingAsync(command)).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] arrived = await Emulator.EmptyAsync("generated", Cancellation);
        Assert.Equal(made.Order(StringComparer.Ordinal), arrived.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_told_of_once_and_the_rest_is_not_tried()
    {
        Run run = await Emulator.BillingAsync(["generate", "transactions", "--count", "1000", "--seed", "7", "--to", "sqs:no-such-queue"], Cancellation);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Matches(@"not tried +600", run.Out);
        Assert.EndsWith("sqs:no-such-queue: messages 1,000 = sent 0 + not sent 1,000\n", run.Out, StringComparison.Ordinal);
        Assert.StartsWith("billing: 1,000 of 1,000 messages were not sent: SQS GetQueueUrl failed: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task Entries_that_fail_are_sent_again_and_those_that_fail_for_good_are_named()
    {
        string[] command = ["generate", "payments", "--count", "1000", "--seed", "7"];
        string[] made = (await _place.BillingAsync(command)).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        HashSet<string> refused = [made[0], made[417], made[999]];
        HashSet<string> late = [.. made.Where((_, i) => i % 7 == 0)];
        using StubQueue queue = new((body, before) => refused.Contains(body) ? "Refused" : late.Contains(body) && before == 0 ? "PassingTrouble" : null);
        Run run = await _place.BillingAsync([.. command, "--to", queue.Address]);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Equal(made.Except(refused).Order(StringComparer.Ordinal), queue.Taken.Order(StringComparer.Ordinal));
        GoldenFile.Check("generate-unsent.txt", Port(run.Out + run.Error));

        using StubQueue other = new((body, _) => refused.Contains(body) ? "Refused" : null);
        Run json = await _place.BillingAsync([.. command, "--to", other.Address, "--json"]);
        Assert.Equal(ExitCode.Failed, json.ExitCode);
        Assert.Equal((1000, 997, 0), (json.Json.GetProperty("messages").GetInt32(), json.Json.GetProperty("sent").GetInt32(), json.Json.GetProperty("notTried").GetInt32()));
        Assert.Equal(refused.Order(StringComparer.Ordinal), json.Json.GetProperty("unsent").EnumerateArray().Select(unsent => unsent.GetProperty("message").GetString()!).Order(StringComparer.Ordinal));
    }

    private static string Rows(Run run) => JsonSerializer.Serialize(run.Json.GetProperty("total").GetProperty("rows"));

    private static string Port(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"127\.0\.0\.1:\d+", "127.0.0.1:<port>");
}
