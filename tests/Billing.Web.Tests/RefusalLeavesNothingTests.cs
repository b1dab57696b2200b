using System.Text;
using System.Text.RegularExpressions;
using Billing.Web.Contracts;
using Microsoft.Data.Sqlite;

namespace Billing.Web.Tests;

/// <summary>An answer that says that nothing was changed is true: the store and the files of the host are the same before and after, table by table.</summary>
public sealed partial class RefusalLeavesNothingTests
{
    private const string Stale = "\"00000000\"";
    private const string Logged = """{"description":"Taxi","amount":12.5,"currency":"EUR","date":"2025-06-17"}""";

    // Every refusal of a request that would have written. A sentence of the host that says that nothing happened must be met by one of them.
    private static readonly (string Name, int Status, Func<Filled, Task<HttpResponseMessage>> Ask)[] s_refusals =
    [
        ("logexpense, other amount under the key", 422, books => books.AskAsync(HttpMethod.Post, "/logexpense", Logged.Replace("12.5", "13.5", StringComparison.Ordinal), ("Idempotency-Key", "logged"))),
        ("logexpense, other day under the key", 422, books => books.AskAsync(HttpMethod.Post, "/logexpense", Logged.Replace("06-17", "06-18", StringComparison.Ordinal), ("Idempotency-Key", "logged"))),
        ("logexpense, no day under the key", 422, books => books.AskAsync(HttpMethod.Post, "/logexpense", """{"description":"Taxi","amount":13.5,"currency":"EUR"}""", ("Idempotency-Key", "logged"))),
        ("logexpense, other amount under a key without a day", 422, books => books.AskAsync(HttpMethod.Post, "/logexpense", """{"description":"Now","amount":2}""", ("Idempotency-Key", "now"))),
        ("logexpense, other currency under a key without a day", 422, books => books.AskAsync(HttpMethod.Post, "/logexpense", """{"description":"Now","amount":1,"currency":"EUR"}""", ("Idempotency-Key", "now"))),
        ("logexpense, a day under a key without one", 422, books => books.AskAsync(HttpMethod.Post, "/logexpense", """{"description":"Now","amount":1,"date":"2025-06-17"}""", ("Idempotency-Key", "now"))),
        ("logexpense, other content with a category", 422, books => books.AskAsync(HttpMethod.Post, "/logexpense", Logged.Replace("Taxi\"", "Bus\",\"category\":\"own\"", StringComparison.Ordinal), ("Idempotency-Key", "logged"))),
        ("logexpense, no rate", 400, books => books.AskAsync(HttpMethod.Post, "/logexpense", Logged.Replace("EUR", "CHF", StringComparison.Ordinal))),
        ("logexpense, no amount", 400, books => books.AskAsync(HttpMethod.Post, "/logexpense", """{"description":"x"}""")),
        ("expense, other under the key", 422, books => books.AskAsync(HttpMethod.Post, "/api/expenses", WebHost.Lunch with { Amount = "13.00" }, ("Idempotency-Key", "entered"))),
        ("expense, no rate", 400, books => books.AskAsync(HttpMethod.Post, "/api/expenses", WebHost.Lunch with { Currency = "CHF" }, ("Idempotency-Key", "other"))),
        ("edit, overtaken", 412, books => books.AskAsync(HttpMethod.Put, $"/api/expenses/{books.Record}", WebHost.Lunch with { Amount = "14.00" }, ("If-Match", Stale))),
        ("removal, overtaken", 412, books => books.AskAsync(HttpMethod.Delete, $"/api/records/{books.Record}", new RemoveRequest { Reason = "x" }, ("If-Match", Stale))),
        ("rules, overtaken", 412, books => books.AskAsync(HttpMethod.Put, "/api/rules", Rules, ("If-Match", Stale))),
        ("rules, applied when overtaken", 412, books => books.AskAsync(HttpMethod.Post, "/api/rules/apply", Rules with { Reason = "x" }, ("If-Match", Stale))),
        ("rules, wrong", 422, books => books.AskAsync(HttpMethod.Post, "/api/rules/apply", new RulesDraft { Text = "{", Reason = "x" })),
        ("budgets, overtaken", 412, books => books.AskAsync(HttpMethod.Put, "/api/budgets", new BudgetsDraft { Text = """{ "budgets": [ { "amount": 400 } ] }""" }, ("If-Match", Stale))),
        ("dismissal, one row is closed", 409, books => books.AskAsync(HttpMethod.Post, "/api/quarantine/dismiss", new DismissRequest { Keys = [books.OpenRow, books.ClosedRow], Reason = "x" })),
        ("dismissal, one row is pending", 409, books => books.AskAsync(HttpMethod.Post, "/api/quarantine/dismiss", new DismissRequest { Keys = [books.OpenRow, books.PendingRow], Reason = "x" })),
        ("mending, still wrong", 200, books => books.AskAsync(HttpMethod.Post, $"/api/quarantine/{books.OpenRow}/mend", new MendRequest { Text = "2025-06-02,Acme,y,USD,posted", Reason = "x" })),
        ("mending, closed", 409, books => books.AskAsync(HttpMethod.Post, $"/api/quarantine/{books.ClosedRow}/mend", new MendRequest { Text = "2025-06-02,Acme,1.00,USD,posted", Reason = "x" })),
        ("settling, no such record", 409, books => books.AskAsync(HttpMethod.Post, $"/api/pending/{books.PendingRow}/settle", new SettleRequest { Posted = new string('0', 64) })),
        ("reopening, open already", 204, books => books.AskAsync(HttpMethod.Post, $"/api/pending/{books.PendingRow}/reopen")),
        ("closing, rows are open", 409, books => books.AskAsync(HttpMethod.Post, "/api/months/2025-06/close", new CloseRequest { Reason = "x" })),
    ];

    private static RulesDraft Rules => new() { Text = """{ "rules": [ { "name": "mine", "when": { "text": "lunch" }, "category": "Mine" } ] }""" };

    [Fact]
    public async Task Each_refusal_leaves_the_store_and_the_files_as_they_were()
    {
        await using WebHost host = new();
        Filled books = await FillAsync(host);
        string before = await SnapshotAsync(host);
        List<string> faults = [];
        StringBuilder said = new();
        foreach ((string name, int status, Func<Filled, Task<HttpResponseMessage>> ask) in s_refusals)
        {
            using HttpResponseMessage response = await ask(books);
            string text = await response.Content.ReadAsStringAsync(WebHost.Cancellation);
            said.Append(text);
            if ((int)response.StatusCode != status)
            {
                faults.Add($"{name}: {(int)response.StatusCode} {text}");
            }

            string after = await SnapshotAsync(host);
            if (after != before)
            {
                faults.Add($"{name}: left {string.Join(" | ", after.Split('\n').Except(before.Split('\n')))}");
                before = after;
            }
        }

        Assert.Empty(faults);
        string[] sentences = [.. Sources().SelectMany(file => Sentence().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).Distinct()];
        Assert.True(sentences.Length >= 7, string.Join('\n', sentences));
        string heard = Regex.Unescape(said.ToString());
        Assert.All(sentences, sentence => Assert.Contains(sentence, heard, StringComparison.Ordinal));
        await ExpenseTests.Sound(host);
    }

    [Fact]
    public async Task An_expense_that_a_rule_refuses_leaves_nothing()
    {
        await using WebHost host = new();
        HttpClient page = (await FillAsync(host)).Page;
        RulesReply rules = await WebHost.GetAsync<RulesReply>(page, "/api/rules");
        await WebHost.SendAsync<RulesReply>(page, HttpMethod.Put, "/api/rules", new RulesDraft { Text = """{ "rules": [ { "name": "not too much", "require": { "amount": { "under": 100 } } } ] }""" }, 200, ("If-Match", $"\"{rules.Version}\""));
        string before = await SnapshotAsync(host);
        foreach (string? key in (string?[])[null, "much"])
        {
            (string, string)[] headers = key is null ? [] : [("Idempotency-Key", key)];
            using HttpResponseMessage response = await WebHost.AskAsync(page, HttpMethod.Post, "/logexpense", """{"description":"Hotel","amount":100.01}""", headers);
            string says = await response.Content.ReadAsStringAsync(WebHost.Cancellation);
            Assert.True((int)response.StatusCode == 400 && says.Contains("not too much", StringComparison.Ordinal), says);
            Assert.Equal(before, await SnapshotAsync(host));
        }
    }

    [Fact]
    public async Task A_snapshot_sees_what_is_written()
    {
        await using WebHost host = new();
        Filled books = await FillAsync(host);
        string before = await SnapshotAsync(host);
        await books.AskAsync(HttpMethod.Post, "/logexpense", Logged, ("Idempotency-Key", "another"));
        Assert.NotEqual(before, await SnapshotAsync(host));
    }

    [Fact]
    public async Task Different_expenses_at_once_under_one_key_are_stored_once_and_what_is_kept_of_the_others_is_said()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        HttpResponseMessage[] raced = await Task.WhenAll(Enumerable.Range(1, 16).Select(i => WebHost.AskAsync(page, HttpMethod.Post, "/logexpense", $$"""{"description":"Taxi","amount":{{i}},"date":"2025-06-17"}""", ("Idempotency-Key", "two"))));
        Assert.Equal(1, raced.Count(response => (int)response.StatusCode == 200));
        string[] refused = await Task.WhenAll(raced.Where(response => (int)response.StatusCode == 422).Select(response => response.Content.ReadAsStringAsync(WebHost.Cancellation)));
        Assert.Equal(15, refused.Length);
        Assert.Equal(refused.Count(text => text.Contains("is in quarantine", StringComparison.Ordinal)), (await WebHost.GetAsync<QuarantineList>(page, "/api/quarantine")).Items.Count);
        Assert.Equal(refused.Count(text => !text.Contains("is in quarantine", StringComparison.Ordinal)), refused.Count(text => text.Contains("Nothing was changed", StringComparison.Ordinal)));
        await ExpenseTests.Sound(host);
    }

    private static async Task<Filled> FillAsync(WebHost host)
    {
        HttpClient page = host.Page();
        RecordReply entered = await WebHost.EnterAsync(page, WebHost.Lunch, "entered");
        Assert.Equal(200, (int)(await WebHost.AskAsync(page, HttpMethod.Post, "/logexpense", Logged, ("Idempotency-Key", "logged"))).StatusCode);
        Assert.Equal(200, (int)(await WebHost.AskAsync(page, HttpMethod.Post, "/logexpense", """{"description":"Now","amount":1}""", ("Idempotency-Key", "now"))).StatusCode);
        ImportTerms terms = new() { Layout = SourceLayout.Parse("""{ "columns": { "status": "status" }, "pending": { "values": ["pending"], "posted": ["posted"], "days": 7 } }""") };
        await WebHost.ImportAsync(page, await WebHost.UploadAsync(page, "june.csv", "date,company,amount,currency,status\n2025-06-01,Inn,100.00,USD,pending\n2025-06-02,Acme,x,USD,posted\n2025-06-03,Acme,z,USD,posted\n"), terms);
        List<QuarantineItem> rows = [.. (await WebHost.GetAsync<QuarantineList>(page, "/api/quarantine")).Items.Where(item => item.Row.Reason != QuarantineReason.Pending)];
        Assert.Equal(2, rows.Count);
        Assert.Equal(204, (int)(await WebHost.AskAsync(page, HttpMethod.Post, "/api/quarantine/dismiss", new DismissRequest { Keys = [rows[1].Row.Key.ToString()], Reason = "no record" })).StatusCode);
        return new Filled(page, entered.Record.Key.ToString(), rows[0].Row.Key.ToString(), rows[1].Row.Key.ToString(), Assert.Single((await WebHost.GetAsync<PendingList>(page, "/api/pending")).Items).Key.ToString());
    }

    // Every table with every row, and every file but the uploads, which expire by themselves.
    private static async Task<string> SnapshotAsync(WebHost host)
    {
        StringBuilder text = new();
        using SqliteConnection connection = new($"Data Source={Path.Combine(host.Folder, "..", "billing.db")};Mode=ReadOnly");
        await connection.OpenAsync(WebHost.Cancellation);
        foreach (string table in (List<string>)[.. Rows(connection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")])
        {
            List<string> rows = [.. Rows(connection, $"SELECT * FROM \"{table}\"")];
            rows.Sort(StringComparer.Ordinal);
            rows.ForEach(row => text.Append(table).Append(": ").Append(row.Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n'));
        }

        foreach (string file in Directory.EnumerateFiles(host.Folder, "*.json").Order(StringComparer.Ordinal))
        {
            text.Append(Path.GetFileName(file)).Append(": ").Append(Convert.ToHexString(await File.ReadAllBytesAsync(file, WebHost.Cancellation))).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<string> Rows(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The names of tables are those of the file itself.
        command.CommandText = sql;
#pragma warning restore CA2100
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return string.Join('\t', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    private static IEnumerable<string> Sources() => ((string[])["Billing.Web", "Billing.HttpApi"]).SelectMany(sample => Directory.EnumerateFiles(Repository.PathTo("samples", sample), "*.cs", SearchOption.AllDirectories));

    [GeneratedRegex("\"([^\"]*(?:Nothing was|None was)[^\"]*)\"")]
    private static partial Regex Sentence();

    private sealed record Filled(HttpClient Page, string Record, string OpenRow, string ClosedRow, string PendingRow)
    {
        public Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers) => WebHost.AskAsync(Page, method, path, body, headers);
    }
}
