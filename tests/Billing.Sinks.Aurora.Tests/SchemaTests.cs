using System.Globalization;
using Billing.Sinks.Aurora.Connections;
using Billing.Sinks.Aurora.Statements;
using Billing.Sinks.Aurora.Tests.Faults;
using Billing.Sinks.Sql.Schema;
using Microsoft.Extensions.DependencyInjection;
using MySqlConnector;

namespace Billing.Sinks.Aurora.Tests;

/// <summary>Tables, options and the settings of connections.</summary>
[Collection(nameof(Alone))]
public sealed class SchemaTests : IAsyncLifetime
{
    private readonly AuroraStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Without_the_option_nothing_is_created_and_the_error_shows_the_SQL_that_works()
    {
        await using AuroraSink sink = _store.Open(options => options.CreateTables = false);
        StoreMissingException error = await Assert.ThrowsAsync<StoreMissingException>(async () => await sink.WriteAsync([Some.Record()], Cancellation));
        Assert.Equal("0", _store.Scalar("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()"));
        string sql = error.Message[error.Message.IndexOf("CREATE TABLE", StringComparison.Ordinal)..];
        foreach (string statement in sql.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            _store.Execute(statement);
        }

        Assert.Equal([WriteOutcome.Stored], await sink.WriteAsync([Some.Record()], Cancellation));
    }

    [Fact]
    public async Task A_database_of_the_version_before_documents_gets_their_table_by_the_SQL_of_the_error()
    {
        await using (AuroraSink before = _store.Open())
        {
            await before.WriteAsync([Some.Record()], Cancellation);
        }

        _store.Execute("DROP TABLE billing_documents");
        await using AuroraSink sink = _store.Open(options => options.CreateTables = false);
        BillingException error = await Assert.ThrowsAsync<BillingException>(async () => await sink.FindAsync(Some.Key("1"), Cancellation));
        Assert.IsNotType<StoreMissingException>(error);
        Assert.StartsWith("The database has no table billing_documents. Set AuroraSinkOptions.CreateTables, or run:", error.Message, StringComparison.Ordinal);
        string sql = error.Message[error.Message.IndexOf("CREATE TABLE", StringComparison.Ordinal)..];
        foreach (string statement in sql.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            _store.Execute(statement);
        }

        await sink.AmendAsync([new RecordAmendment(Some.Record(), null, new LedgerDocument("note", "1", ReadOnlyMemory<byte>.Empty))], Cancellation);
        Assert.Equal("0 1", _store.Scalar("SELECT CONCAT((SELECT COUNT(*) FROM billing_records), ' ', (SELECT COUNT(*) FROM billing_documents))"));
    }

    [Fact]
    public async Task A_document_that_the_server_does_not_take_is_refused_before_it_is_sent()
    {
        await using AuroraSink creator = _store.Open();
        await creator.WriteAsync([Some.Record()], Cancellation);
        string before = _store.Scalar("SELECT @@GLOBAL.max_allowed_packet")!;
        _store.Execute("SET GLOBAL max_allowed_packet = 1048576");
        try
        {
            // A session takes the global value when it begins.
            await using AuroraSink sink = new(SharedMySql.Instance.ConnectionString(_store.Database, "Pooling=false"), new AuroraSinkOptions());
            LedgerDocument document = new("note", "large", new byte[600_000]);
            Func<Task>[] writes =
            [
                async () => await sink.AddDocumentAsync(document, Cancellation),
                async () => await sink.PutDocumentAsync(document, Cancellation),
                async () => await sink.AmendAsync([new RecordAmendment(Some.Record(), null, document)], Cancellation),
            ];
            foreach (Func<Task> write in writes)
            {
                Assert.Contains("Raise max_allowed_packet", (await Assert.ThrowsAsync<BillingException>(write)).Message, StringComparison.Ordinal);
            }

            Assert.True(await sink.AddDocumentAsync(new LedgerDocument("note", "smaller", new byte[500_000]), Cancellation));
        }
        finally
        {
            _store.Execute("SET GLOBAL max_allowed_packet = " + before);
        }

        Assert.Equal("1 note/smaller", _store.Scalar("SELECT CONCAT((SELECT COUNT(*) FROM billing_records), ' ', (SELECT CONVERT(MIN(document) USING utf8mb4) FROM billing_documents))"));
    }

    [Fact]
    public async Task Two_ledgers_share_a_database_by_their_prefixes()
    {
        await using AuroraSink first = _store.Open(options => options.TablePrefix = "");
        await using AuroraSink second = _store.Open(options => options.TablePrefix = "second_");
        Assert.Equal([WriteOutcome.Stored], await first.WriteAsync([Some.Record()], Cancellation));
        Assert.Equal([WriteOutcome.Stored], await second.WriteAsync([Some.Record()], Cancellation));
        Assert.Equal("1", _store.Scalar("SELECT COUNT(*) FROM second_records"));
    }

    [Theory]
    [InlineData("a`b")]
    [InlineData("a b")]
    [InlineData("é")]
    public void A_prefix_that_is_no_name_is_refused(string prefix) =>
        Assert.Throws<BillingConfigurationException>(() => _store.Open(options => options.TablePrefix = prefix));

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<BillingConfigurationException>(() => _store.Open(options => options.Concurrency = 0));
        Assert.Throws<BillingConfigurationException>(() => _store.Open(options => options.Concurrency = 17));
        Assert.Throws<BillingConfigurationException>(() => _store.Open(options => options.MaxAttempts = 0));
        Assert.Throws<BillingConfigurationException>(() => _store.Open(options => options.MaxRetryDelay = TimeSpan.Zero));
        Assert.Throws<BillingConfigurationException>(() => _store.Open(options => options.CommandTimeout = TimeSpan.Zero));
    }

    [Fact]
    public async Task What_a_server_does_by_default_does_not_matter()
    {
        using MySqlServer loose = MySqlServer.Start("--sql-mode=NO_BACKSLASH_ESCAPES,ANSI_QUOTES", "--default-time-zone=-07:00", "--character-set-server=latin1");
        loose.CreateDatabase("ledger", "latin1");
        await using AuroraSink sink = new(loose.ConnectionString("ledger"), new AuroraSinkOptions { CreateTables = true });
        BillingRecord record = Some.Record(party: "Zoë \\ ' \" 😀", instant: new DateTimeOffset(2025, 3, 9, 2, 30, 0, TimeSpan.FromHours(-7)));
        Assert.Equal([WriteOutcome.Stored], await sink.WriteAsync([record], Cancellation));
        Same.Record(record, await sink.FindAsync(record.Key, Cancellation));
    }

    [Theory]
    [InlineData(true, "", true)]
    [InlineData(true, "AllowLoadLocalInfile=false", false)]
    [InlineData(false, "", false)]
    public async Task Rows_are_loaded_where_that_is_allowed_and_inserted_elsewhere(bool wanted, string options, bool expected)
    {
        string[] encryptions = ["", "SslMode=Required", "SslMode=None;AllowPublicKeyRetrieval=true"];
        foreach ((int i, string encryption) in encryptions.Index())
        {
            await using AuroraSink sink = new(
                SharedMySql.Instance.ConnectionString(_store.Database, $"{options};{encryption}"),
                new AuroraSinkOptions { CreateTables = true, UseLocalInfile = wanted, FewestRowsForBulk = 0, MaxAttempts = 1 });
            long before = Loads();
            Assert.Equal([WriteOutcome.Stored], await sink.WriteAsync([Some.Record($"{i}")], Cancellation));
            Assert.Equal(expected ? 1 : 0, Loads() - before);
        }

        // Every kind of statement of the shared server; tests of this collection run alone.
        long Loads() => long.Parse(
            _store.Scalar(MySqlServer.IsMySql
                ? "SELECT count_star FROM performance_schema.events_statements_summary_global_by_event_name WHERE event_name = 'statement/sql/load'"
                : "SELECT variable_value FROM information_schema.global_status WHERE variable_name = 'Com_load'")!,
            CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_stream_that_ends_early_stores_nothing()
    {
        await using AuroraSink sink = _store.Open();
        await sink.WriteAsync([Some.Record("1")], Cancellation);
        byte[] row = System.Text.Encoding.UTF8.GetBytes(string.Join('\t', Enumerable.Repeat("x", new SqlSchema(AuroraDialect.Instance, "billing_").Records.Columns.Count)) + "\n");
        foreach (int rows in (int[])[0, 3, 20_000])
        {
            MySqlConnection connection = await _store.Source.OpenConnectionAsync(Cancellation);
            await using AuroraSession session = await AuroraSession.StartAsync(connection, new AuroraSinkOptions(), sendsStreams: true, Cancellation);
            await session.BeginAsync(Cancellation);
            Exception error = await Assert.ThrowsAnyAsync<Exception>(async () => await session.LoadAsync(new SqlSchema(AuroraDialect.Instance, "billing_").Records, new BreakingStream(row, rows), Cancellation));
            Assert.Contains("The source ended.", error.ToString(), StringComparison.Ordinal);

            // Whoever commits all the same commits nothing.
            await Record.ExceptionAsync(async () => await session.CommitAsync());
        }

        Assert.Equal("1", _store.Scalar("SELECT COUNT(*) FROM billing_records"));
    }

    [Fact]
    public async Task A_cancelled_load_stores_nothing()
    {
        await using AuroraInfileStore store = new();
        await using AuroraSink sink = store.Open();
        await sink.WriteAsync([], Cancellation);
        using CancellationTokenSource cancel = new();
        CancellingList records = new([.. Enumerable.Range(0, 3_000).Select(i => Some.Record($"{i}"))], cancel, at: 2_000);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await sink.WriteAsync(records, cancel.Token));
        Assert.Equal("0", store.Scalar("SELECT COUNT(*) FROM billing_records"));
    }

    [Fact]
    public async Task A_connection_string_is_enough_and_one_that_is_none_is_refused_without_its_password()
    {
        ServiceCollection services = new();
        services.AddBilling(billing => billing.AddAuroraSink(SharedMySql.Instance.ConnectionString(_store.Database), options => options.CreateTables = true));
        await using ServiceProvider provider = services.BuildServiceProvider();
        IngestReport report = await provider.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text("june.csv", "date,amount,currency\n2025-06-17,1.00,USD\n"), cancellationToken: Cancellation);
        Assert.Equal(1, report.Stored.Rows);

        BillingConfigurationException wrong = Assert.Throws<BillingConfigurationException>(() => new ServiceCollection().AddBilling(billing => billing.AddAuroraSink("Server=here;Password=s3cret;SslMode=Strong")));
        Assert.DoesNotContain("s3cret", wrong.ToString(), StringComparison.Ordinal);
        Assert.Throws<BillingConfigurationException>(() => new AuroraSink("no connection string"));
    }

    [Fact]
    public async Task The_data_source_of_the_services_is_used_and_left_open()
    {
        ServiceCollection services = new();
        services.AddMySqlDataSource(SharedMySql.Instance.ConnectionString(_store.Database));
        services.AddBilling(billing => billing.AddAuroraSink(options => options.CreateTables = true));
        await using ServiceProvider provider = services.BuildServiceProvider();
        await provider.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text("june.csv", "date,amount,currency\n2025-06-17,1.00,USD\n"), cancellationToken: Cancellation);
        await using (await provider.GetRequiredService<MySqlDataSource>().OpenConnectionAsync(Cancellation))
        {
            Assert.Equal("1", _store.Scalar("SELECT COUNT(*) FROM billing_records"));
        }

        await using ServiceProvider without = new ServiceCollection().AddBilling(billing => billing.AddAuroraSink()).BuildServiceProvider();
        Assert.Contains("AddMySqlDataSource", Assert.ThrowsAny<Exception>(() => without.GetRequiredService<BillingPipeline>()).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_of_at_once()
    {
        int port = LoopbackPort.Free();
        await using AuroraSink sink = new($"Server=127.0.0.1;Port={port};Database=ledger;User ID=app", timeProvider: new StandingClock());
        BillingException error = await Assert.ThrowsAsync<BillingException>(async () => await sink.WriteAsync([Some.Record()], Cancellation));
        Assert.Equal("The database mysql:127.0.0.1/ledger cannot be reached (Unable to connect to any of the specified MySQL hosts). Start the server, or correct the host and the port. Nothing of this call is stored in part; running it again is safe.", error.Message);
    }

    [Fact]
    public async Task A_server_that_wants_encryption_or_whose_certificate_is_not_trusted_is_told_of_with_the_remedy()
    {
        _store.Execute($"ALTER USER '{_store.Database}'@'%' REQUIRE SSL");
        await using AuroraSink plain = new(SharedMySql.Instance.PlainConnectionString(_store.Database), new AuroraSinkOptions { MaxAttempts = 1 });
        BillingException unencrypted = await Assert.ThrowsAsync<BillingException>(async () => await plain.WriteAsync([Some.Record()], Cancellation));
        Assert.Contains("error 1045", unencrypted.Message, StringComparison.Ordinal);

        await using AuroraSink untrusted = new(SharedMySql.Instance.PlainConnectionString(_store.Database).Replace("SslMode=None", "SslMode=VerifyFull", StringComparison.Ordinal), timeProvider: new StandingClock());
        BillingException certificate = await Assert.ThrowsAsync<BillingException>(async () => await untrusted.WriteAsync([Some.Record()], Cancellation));
        Assert.Contains("set SslCa", certificate.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_keeps_passwords_to_encrypted_connections_is_told_of_with_the_remedy()
    {
        // The driver says this of servers on other machines only, so it is made here: by its constructor, with its sentence.
        Exception refusal = (Exception)Activator.CreateInstance(
            typeof(MySqlException),
            System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic,
            null,
            [MySqlErrorCode.UnableToConnectToHost, "Authentication method 'caching_sha2_password' failed. Either use a secure connection, specify the server's RSA public key with ServerRSAPublicKeyFile, or set AllowPublicKeyRetrieval=True."],
            CultureInfo.InvariantCulture)!;
        Assert.Null(AuroraErrors.ReasonToRetry(refusal));
        Assert.Contains("Set SslMode to VerifyFull", new AuroraEngine(new AuroraSinkOptions()).Of(refusal, "mysql", 1).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("/run/mysqld/mysqld.sock", true)]
    [InlineData("ledger.cluster-x.eu-central-1.rds.amazonaws.com", false)]
    [InlineData("10.0.0.7", false)]
    [InlineData("127.example.com", false)]
    public void Only_this_host_needs_no_TLS(string host, bool here) => Assert.Equal(here, AuroraSession.IsThisHost(host));

    [Fact]
    public async Task Neither_name_nor_errors_hold_the_password()
    {
        const string Secret = "s3cret-Passw0rd";
        await using AuroraSink sink = new(SharedMySql.Instance.ConnectionString(_store.Database, $"User ID=nobody;Password={Secret}"), new AuroraSinkOptions { MaxAttempts = 1 });
        Assert.Equal($"mysql:127.0.0.1/{_store.Database}", sink.Name);
        BillingException error = await Assert.ThrowsAsync<BillingException>(async () => await sink.WriteAsync([Some.Record()], Cancellation));
        Assert.Contains("1045", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_are_read_again_when_the_server_denies_access()
    {
        string user = "rotating_" + _store.Database;
        _store.Execute($"CREATE USER '{user}'@'%' IDENTIFIED BY 'first'; GRANT ALL ON {_store.Database}.* TO '{user}'@'%'");
        string password = "first";
        int reads = 0;
        await using AuroraSink sink = new(
            _ =>
            {
                reads++;
                return ValueTask.FromResult(new MySqlDataSource(SharedMySql.Instance.ConnectionString(_store.Database, $"Pooling=false;User ID={user};Password={password}")));
            },
            new AuroraSinkOptions { CreateTables = true });
        await sink.WriteAsync([Some.Record("1")], Cancellation);
        await sink.WriteAsync([Some.Record("2")], Cancellation);
        Assert.Equal(1, reads);

        password = "second";
        _store.Execute($"ALTER USER '{user}'@'%' IDENTIFIED BY 'second'");
        Assert.Equal([WriteOutcome.Stored], await sink.WriteAsync([Some.Record("3")], Cancellation));
        Assert.Equal(2, reads);
        _store.Execute($"DROP USER '{user}'@'%'");
    }

    [Fact]
    public async Task A_data_source_that_provides_its_passwords_itself_is_used_as_it_is()
    {
        string user = "provided_" + _store.Database;
        _store.Execute($"CREATE USER '{user}'@'%' IDENTIFIED BY 'token-1'; GRANT ALL ON {_store.Database}.* TO '{user}'@'%'");
        MySqlDataSourceBuilder builder = new(SharedMySql.Instance.ConnectionString(_store.Database, $"Pooling=false;User ID={user};Password="));
        int tokens = 0;
        builder.UsePeriodicPasswordProvider((_, _) => ValueTask.FromResult($"token-{++tokens}"), TimeSpan.FromHours(1), TimeSpan.FromSeconds(1));
        await using MySqlDataSource source = builder.Build();
        await using AuroraSink sink = new(source, new AuroraSinkOptions { CreateTables = true });
        Assert.Equal([WriteOutcome.Stored], await sink.WriteAsync([Some.Record("1")], Cancellation));
        Assert.Equal(1, tokens);
        _store.Execute($"DROP USER '{user}'@'%'");
    }
}
