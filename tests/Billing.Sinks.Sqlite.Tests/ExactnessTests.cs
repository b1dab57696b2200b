using Billing.Sinks.Sqlite.Connections;
using Billing.Sinks.Sqlite.Records;
using Billing.Sinks.Sqlite.Schema;
using Billing.Sinks.Sqlite.Tests.Stores;
using Billing.Sinks.Sqlite.Writing;

namespace Billing.Sinks.Sqlite.Tests;

/// <summary>What is in the file itself, and what is refused because it could not be there exactly.</summary>
public sealed class ExactnessTests : IAsyncDisposable
{
    private const string Columns = "key, fingerprint, occurrence, origin, line, byte_offset, date, amount, currency, reporting_amount, reporting_currency";

    private readonly SqliteFileStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Nothing_in_the_file_is_binary_floating_point()
    {
        SqliteSink sink = _store.Open();
        decimal[] amounts = [0m, 12.50m, -1m, 1e10m, 99999999999.99m, decimal.MaxValue, 0.0000000000000000000000000001m];
        await sink.WriteAsync([.. amounts.Select((amount, i) => Some.Record($"{i}", amount: amount, sourceId: "0012", party: "1e5", description: "12.0", category: "1"))], Cancellation);
        await sink.WriteQuarantineAsync([Some.Quarantined(amount: 12.50m)], Cancellation);
        await sink.WriteRunAsync(Some.Report(), Cancellation);

        foreach (string table in (string[])["records", "quarantine", "runs", "origins"])
        {
            foreach (string column in _store.Scalar($"SELECT group_concat(name) FROM pragma_table_info('{table}')")!.Split(','))
            {
                Assert.Equal("0", _store.Scalar($"SELECT count(*) FROM {table} WHERE typeof({column}) = 'real'"));
            }
        }

        Assert.Equal("7", _store.Scalar("SELECT count(*) FROM records WHERE typeof(amount) = 'text' AND typeof(reporting_amount) = 'text' AND typeof(source_id) = 'text' AND typeof(party) = 'text'"));
        Assert.Equal("12.50", _store.Scalar("SELECT amount FROM records WHERE line = 2 LIMIT 1 OFFSET 1"));
        Assert.Equal("12.50", _store.Scalar("SELECT amount FROM quarantine"));
    }

    [Fact]
    public async Task Another_program_reads_the_ledger_by_its_view()
    {
        await _store.Open().WriteAsync([Some.Record(amount: 12.50m, source: "june.csv", line: 17, runId: "run-7")], Cancellation);
        Assert.Equal(
            $"{Some.Key("1")} 2025-06-17 Acme 12.50 USD june.csv 17 run-7",
            _store.Scalar("SELECT key || ' ' || date || ' ' || party || ' ' || amount || ' ' || currency || ' ' || source || ' ' || line || ' ' || run_id FROM ledger"));
    }

    [Theory]
    [InlineData(0xD83D)]
    [InlineData(0x61, 0xDE00, 0x62)]
    [InlineData(0xDE00, 0xD83D)]
    public async Task Half_of_a_surrogate_pair_is_refused_and_the_rest_of_the_batch_stored(params int[] units)
    {
        // Attributes of .NET hold text as UTF-8, where there are no halves.
        string text = string.Concat(units.Select(unit => (char)unit));
        ExchangeRate rate = new(Currency.Eur, Currency.Usd, 1.1m, null, "x" + text);
        SqliteSink sink = _store.Open();
        BillingRecord[] records =
        [
            Some.Record("before", party: "shared"),
            Some.Record("party", party: text),
            Some.Record("account", account: text),
            Some.Record("description", description: text),
            Some.Record("category", category: text),
            Some.Record("source id", sourceId: text),
            Some.Record("flag", flags: [text]),
            Some.Record("alert", alerts: [text]),
            Some.Record("name", attributes: new RecordAttributes([text], ["x"])),
            Some.Record("value", attributes: new RecordAttributes(["x"], [text])),
            Some.Record("scope", scope: text),
            Some.Record("source", source: text),
            Some.Record("run", runId: text),
            Some.Record("rate", currency: "EUR", rate: rate),
            Some.Record("same rate", currency: "EUR", rate: rate),
            Some.Record("after", party: "shared"),
        ];
        IReadOnlyList<WriteOutcome> outcomes = await sink.WriteAsync(records, Cancellation);
        Assert.Equal(records.Select((_, i) => i == 0 || i == records.Length - 1 ? WriteOutcomeKind.Stored : WriteOutcomeKind.Refused), outcomes.Select(outcome => outcome.Kind));
        Assert.All(outcomes.Skip(1).SkipLast(1), outcome => Assert.Contains("half of a surrogate pair", outcome.Detail, StringComparison.Ordinal));
        Assert.Contains("'description'", outcomes[3].Detail, StringComparison.Ordinal);
        Assert.Equal("2", _store.Scalar("SELECT count(*) FROM records"));
        Same.Record(records[^1], await sink.FindAsync(records[^1].Key, Cancellation));
    }

    [Fact]
    public async Task A_rate_of_other_currencies_than_the_amounts_is_refused()
    {
        ExchangeRate rate = new(Currency.Eur, Currency.Usd, 1.1m, null, "fixed");
        WriteOutcome outcome = (await _store.Open().WriteAsync([Some.Record(currency: "JPY", rate: rate)], Cancellation))[0];
        Assert.Equal(WriteOutcomeKind.Refused, outcome.Kind);
        Assert.Contains("EUR to USD", outcome.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_larger_than_SQLite_holds_is_refused_and_the_rest_of_the_batch_stored()
    {
        SqliteLocation location = SqliteLocation.Parse(_store.ConnectionString);
        using SqliteSession session = SqliteSession.Open(location, create: true, new SqliteSinkOptions());
        SqliteSchema.Migrate(session, location, SqliteSchema.Scripts, Cancellation);
        using RecordWriter writer = new(session, KeyIndex.MostUnsorted);
        session.MaxBytes = 4_000;
        string half = new('x', 2_500);
        BillingRecord[] records =
        [
            Some.Record("small"),
            Some.Record("one text", description: new string('x', 4_001)),
            Some.Record("all texts", description: half, party: half),
            Some.Record("attributes", attributes: new RecordAttributes(["x"], [new string('x', 4_001)])),
            Some.Record("fits", description: half),
        ];

        WriteOutcome[] outcomes = writer.Write(records, Cancellation);

        Assert.Equal(
            [WriteOutcomeKind.Stored, WriteOutcomeKind.Refused, WriteOutcomeKind.Refused, WriteOutcomeKind.Refused, WriteOutcomeKind.Stored],
            outcomes.Select(outcome => outcome.Kind));
        Assert.Contains("'description' is longer than SQLite can hold", outcomes[1].Detail, StringComparison.Ordinal);
        Assert.Contains("more bytes than SQLite can hold in one row", outcomes[2].Detail, StringComparison.Ordinal);
        Same.Record(records[4], SqliteRecords.FindAll(session, [records[4].Key])[0]);
    }

    [Fact]
    public async Task An_amount_that_another_program_has_spoilt_is_an_error_and_not_a_wrong_sum()
    {
        SqliteSink sink = _store.Open();
        await sink.WriteAsync([Some.Record()], Cancellation);
        _store.Scalar("UPDATE records SET amount = 'twelve'; SELECT 1");
        Func<Task>[] readings =
        [
            async () => await sink.SummarizeAsync(SummaryBy.Month, new RecordQuery(), Cancellation),
            async () => await sink.QueryAsync(new RecordQuery(), Cancellation),
            async () => await sink.ListAsync(new RecordListQuery { Order = RecordOrder.Amount }, Cancellation),
            async () => await sink.TotalsOfRunAsync(new IngestReport { RunId = Some.Record().RunId, Source = "june.csv", StartedAt = default, ReportingCurrency = "USD" }, Cancellation),
        ];
        foreach (Func<Task> reading in readings)
        {
            Assert.Contains("holds 'twelve' as an amount", (await Assert.ThrowsAsync<BillingException>(reading)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_file_itself_refuses_a_key_of_another_length()
    {
        await _store.Open().WriteAsync([Some.Record()], Cancellation);
        Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => _store.Scalar($"INSERT INTO records ({Columns}) SELECT {Columns.Replace("key,", "x'01',", StringComparison.Ordinal)} FROM records"));
    }

    [Fact]
    public async Task The_file_itself_refuses_a_key_twice()
    {
        SqliteSink sink = _store.Open(new SqliteSinkOptions { MostUnsorted = 1 });
        await _store.Open().WriteAsync([Some.Record()], Cancellation);
        Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => _store.Scalar($"INSERT INTO records ({Columns}) SELECT {Columns} FROM records; SELECT 1"));
        Assert.Equal(WriteOutcome.Stored, (await sink.WriteAsync([Some.Record("2")], Cancellation))[0]);
        Assert.Equal("2", _store.Scalar("SELECT count(*) FROM records"));
    }
}
