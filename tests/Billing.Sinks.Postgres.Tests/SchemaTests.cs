using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Billing.Sinks.Postgres.Tests;

/// <summary>Tables, options and errors.</summary>
public sealed class SchemaTests : IAsyncLifetime
{
    private readonly PostgresStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Without_the_option_nothing_is_created_and_the_error_shows_the_SQL_that_works()
    {
        await using PostgresSink sink = _store.Open(options => options.CreateTables = false);
        StoreMissingException error = await Assert.ThrowsAsync<StoreMissingException>(async () => await sink.WriteAsync([Some.Record()], Cancellation));
        Assert.Equal("0", _store.Scalar("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'public'"));
        await using NpgsqlCommand command = _store.Source.CreateCommand(error.Message[error.Message.IndexOf("CREATE TABLE", StringComparison.Ordinal)..]);
        await command.ExecuteNonQueryAsync(Cancellation);

        Assert.Equal([WriteOutcome.Stored], await sink.WriteAsync([Some.Record()], Cancellation));
    }

    [Fact]
    public async Task A_database_of_the_version_before_documents_gets_their_table_by_the_SQL_of_the_error()
    {
        await using (PostgresSink before = _store.Open())
        {
            await before.WriteAsync([Some.Record()], Cancellation);
        }

        _store.Execute("DROP TABLE billing_documents");
        await using PostgresSink sink = _store.Open(options => options.CreateTables = false);
        BillingException error = await Assert.ThrowsAsync<BillingException>(async () => await sink.FindAsync(Some.Key("1"), Cancellation));
        Assert.IsNotType<StoreMissingException>(error);
        Assert.StartsWith("The database has no table billing_documents. Set PostgresSinkOptions.CreateTables, or run:", error.Message, StringComparison.Ordinal);
        await using NpgsqlCommand command = _store.Source.CreateCommand(error.Message[error.Message.IndexOf("CREATE TABLE", StringComparison.Ordinal)..]);
        await command.ExecuteNonQueryAsync(Cancellation);

        await sink.AmendAsync([new RecordAmendment(Some.Record(), null, new LedgerDocument("note", "1", ReadOnlyMemory<byte>.Empty))], Cancellation);
        Assert.Equal("0 1", _store.Scalar("SELECT (SELECT COUNT(*) FROM billing_records) || ' ' || (SELECT COUNT(*) FROM billing_documents)"));
    }

    [Fact]
    public async Task Two_ledgers_share_a_database_by_their_prefixes()
    {
        await using PostgresSink first = _store.Open(options => options.TablePrefix = "");
        await using PostgresSink second = _store.Open(options => options.TablePrefix = "second_");
        Assert.Equal([WriteOutcome.Stored], await first.WriteAsync([Some.Record()], Cancellation));
        Assert.Equal([WriteOutcome.Stored], await second.WriteAsync([Some.Record()], Cancellation));
        Assert.Equal("1", _store.Scalar("SELECT COUNT(*) FROM second_records"));
    }

    [Theory]
    [InlineData("ALTER TABLE billing_records ALTER amount TYPE numeric(10,2)", "numeric(10,2)")]
    [InlineData("ALTER TABLE billing_records ALTER party TYPE varchar(20)", "character varying(20)")]
    [InlineData("ALTER TABLE billing_records ALTER party TYPE text COLLATE \"default\"", "COLLATE \"default\"")]
    [InlineData("ALTER TABLE billing_records DROP COLUMN attributes", "no column \"attributes\"")]
    [InlineData("ALTER TABLE billing_records DROP CONSTRAINT billing_records_pkey", "no PRIMARY KEY")]
    [InlineData("ALTER TABLE billing_records DROP CONSTRAINT billing_records_pkey, ADD PRIMARY KEY (key_hash, line)", "no PRIMARY KEY")]
    public async Task A_table_that_would_change_values_is_refused_before_anything_is_written(string change, string found)
    {
        await using (PostgresSink sink = _store.Open())
        {
            await sink.WriteAsync([Some.Record()], Cancellation);
        }

        _store.Execute(change);
        await using PostgresSink again = _store.Open();
        BillingException error = await Assert.ThrowsAsync<BillingException>(async () => await again.WriteAsync([Some.Record("2")], Cancellation));
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        Assert.Equal("1", _store.Scalar("SELECT COUNT(*) FROM billing_records"));
    }

    [Fact]
    public async Task Every_decimal_lies_in_the_table_as_it_is_written()
    {
        await using PostgresSink sink = _store.Open();
        await sink.WriteAsync([Some.Record(amount: 12.50m, reportingAmount: -0.0000000000000000000000000010m)], Cancellation);
        Assert.Equal("12.50 -0.0000000000000000000000000010", _store.Scalar("SELECT amount::text || ' ' || reporting_amount::text FROM billing_records"));
    }

    [Fact]
    public async Task Another_program_reads_texts_as_they_are()
    {
        await using PostgresSink sink = _store.Open();
        await sink.WriteAsync([Some.Record(party: "Zürich 日本", description: "a\0b\u001Ac")], Cancellation);
        Assert.Equal("Zürich 日本", _store.Scalar("SELECT party FROM billing_records"));
        Assert.Equal("a\u001A0b\u001A1c", _store.Scalar("SELECT description FROM billing_records"));
        foreach ((string text, int found) in ((string, int)[])[("0", 0), ("b\u001A", 1), ("A\0B", 1), ("1c", 0), ("\u001Ac", 1)])
        {
            Assert.Equal(found, (await sink.QueryAsync(new RecordQuery { Text = text }, Cancellation)).Items.Count);
        }
    }

    [Fact]
    public async Task A_database_of_another_encoding_is_refused()
    {
        SharedPostgres.Instance.Execute($"CREATE DATABASE latin_{_store.Database} OWNER {_store.Database} TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");
        await using PostgresSink sink = new(SharedPostgres.Instance.ConnectionString(_store.Database).Replace($"Database={_store.Database}", $"Database=latin_{_store.Database}", StringComparison.Ordinal), new PostgresSinkOptions { CreateTables = true });
        BillingException error = await Assert.ThrowsAsync<BillingException>(async () => await sink.WriteAsync([Some.Record()], Cancellation));
        Assert.Contains("has the encoding LATIN1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_of_at_once_and_nothing_shows_the_password()
    {
        await using PostgresSink sink = new($"Host=127.0.0.1;Port={LoopbackPort.Free()};Database=billing;Username=app;Password=hush");
        BillingException error = await Assert.ThrowsAsync<BillingException>(async () => await sink.GetRunsAsync(new PageRequest(), Cancellation));
        Assert.Contains("The database postgres:127.0.0.1/billing cannot be reached (", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", error.ToString() + sink.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_user_may_not_do_is_told_with_the_remedy()
    {
        await using PostgresSink sink = _store.Open();
        await sink.WriteAsync([Some.Record()], Cancellation);
        SharedPostgres.Instance.Execute($"CREATE ROLE reader_{_store.Database} LOGIN");
        _store.Execute($"GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader_{_store.Database}");
        await using PostgresSink reader = new(SharedPostgres.Instance.ConnectionString(_store.Database).Replace($"Username={_store.Database}", $"Username=reader_{_store.Database}", StringComparison.Ordinal));
        Assert.Single((await reader.QueryAsync(new RecordQuery(), Cancellation)).Items);
        BillingException error = await Assert.ThrowsAsync<BillingException>(async () => await reader.WriteAsync([Some.Record("2")], Cancellation));
        Assert.Contains("error 42501", error.Message, StringComparison.Ordinal);
        Assert.Contains("Give the user the permission to do this.", error.Message, StringComparison.Ordinal);
        await sink.DisposeAsync();
        _store.Execute($"DROP OWNED BY reader_{_store.Database}; DROP ROLE reader_{_store.Database}");
    }

    [Theory]
    [InlineData("a\"b")]
    [InlineData("A")]
    [InlineData("é")]
    public void A_prefix_that_is_no_name_is_refused(string prefix) =>
        Assert.Throws<BillingConfigurationException>(() => _store.Open(options => options.TablePrefix = prefix));

    [Fact]
    public void Options_out_of_range_and_what_is_no_connection_string_are_refused()
    {
        Assert.Throws<BillingConfigurationException>(() => _store.Open(options => options.Concurrency = 0));
        Assert.Throws<BillingConfigurationException>(() => _store.Open(options => options.MaxAttempts = 101));
        Assert.Throws<BillingConfigurationException>(() => _store.Open(options => options.MaxRetryDelay = TimeSpan.Zero));
        Assert.Throws<BillingConfigurationException>(() => _store.Open(options => options.CommandTimeout = TimeSpan.Zero));
        Assert.DoesNotContain("hush", Assert.Throws<BillingConfigurationException>(() => new PostgresSink("Hots=x;Password=hush")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_wired_by_a_registered_data_source_and_says_what_is_missing_without_one()
    {
        ServiceCollection services = new();
        services.AddSingleton(_store.Source);
        services.AddBilling(billing => billing.AddPostgresSink(options => options.CreateTables = true));
        await using (ServiceProvider provider = services.BuildServiceProvider())
        {
            IngestReport report = await provider.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text("june.csv", "date,company,amount,currency\n2025-06-01,A,1.00,USD\n2025-06-01,A,1.00,USD\n"), new IngestOptions(), Cancellation);
            Assert.Equal((2, true), (report.Stored.Rows, report.IsBalanced));
        }

        ServiceProvider without = new ServiceCollection().AddBilling(billing => billing.AddPostgresSink()).BuildServiceProvider();
        Assert.Contains("NpgsqlDataSource", Assert.Throws<BillingConfigurationException>(without.GetRequiredService<BillingPipeline>).Message, StringComparison.Ordinal);
    }
}
