using Billing.Sinks.Sqlite.Connections;
using Billing.Sinks.Sqlite.Tests.Stores;
using Microsoft.Extensions.DependencyInjection;
using SQLitePCL;

namespace Billing.Sinks.Sqlite.Tests;

/// <summary>Connection strings, options, wiring and the words of errors.</summary>
public sealed class SettingsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "names no file")]
    [InlineData("Data Source=", "names no file")]
    [InlineData("Data Source=billing.db;Colour=blue", "cannot be read")]
    [InlineData("billing.db", "cannot be read")]
    [InlineData("Data Source=billing.db;Password=secret", "cannot encrypt")]
    [InlineData("Data Source=file:billing.db?mode=ro", "contains a URI")]
    public void A_wrong_connection_string_fails_when_it_is_wired_and_tells_no_secret(string connectionString, string because)
    {
        BillingConfigurationException wired = Assert.Throws<BillingConfigurationException>(() =>
            new ServiceCollection().AddBilling(billing => billing.AddSqliteSink(connectionString)));
        Assert.Contains(because, wired.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", wired.Message, StringComparison.Ordinal);
        Assert.Throws<BillingConfigurationException>(() => new SqliteSink(connectionString));
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(4097, 30)]
    [InlineData(32, -1)]
    [InlineData(32, 90_000)]
    public void An_option_out_of_range_fails_when_it_is_wired(int cache, int seconds) =>
        Assert.Throws<BillingConfigurationException>(() => new ServiceCollection().AddBilling(billing => billing.AddSqliteSink("Data Source=billing.db", options =>
        {
            options.CacheMebibytes = cache;
            options.BusyTimeout = TimeSpan.FromSeconds(seconds);
        })));

    [Fact]
    public async Task The_name_is_the_path_and_nothing_else()
    {
        await using SqliteSink sink = new("Data Source=some/billing.db;Cache=Private");
        Assert.Equal("sqlite:some/billing.db", sink.Name);
    }

    [Fact]
    public async Task A_pipeline_ingests_into_a_file_and_stamps_quarantine_by_its_clock()
    {
        await using SqliteFileStore store = new();
        ServiceCollection services = new();
        services.AddSingleton<TimeProvider>(new FixedClock(new DateTimeOffset(2025, 6, 30, 12, 0, 0, TimeSpan.Zero)));
        services.AddBilling(billing => billing.AddSqliteSink(store.ConnectionString, options => options.CacheMebibytes = 1));
        await using (ServiceProvider provider = services.BuildServiceProvider())
        {
            IngestReport report = await provider.GetRequiredService<BillingPipeline>().IngestAsync(
                BillingSource.Text("june.csv", "bill_date,company_name,currency,bill_amount\n2025-06-17,Acme,USD,12.50\n2025-06-17,Acme,ABC,1\n"),
                cancellationToken: Cancellation);
            Assert.Equal(1, report.Stored.Rows);
            Assert.Equal(1, report.Quarantined.Rows);
        }

        Assert.Equal("12.50", store.Scalar("SELECT amount FROM ledger"));
        Assert.Equal("2025-06-30T12:00:00.0000000+00:00", store.Scalar("SELECT kept_at FROM quarantine"));
        Assert.Equal("Completed", store.Scalar("SELECT status FROM runs"));
    }

    [Theory]
    [InlineData(raw.SQLITE_BUSY, "in use by another writer for 00:00:07")]
    [InlineData(raw.SQLITE_BUSY_SNAPSHOT, "in use by another writer")]
    [InlineData(raw.SQLITE_LOCKED, "in use by another writer")]
    [InlineData(raw.SQLITE_FULL, "no space left")]
    [InlineData(raw.SQLITE_READONLY, "cannot be written")]
    [InlineData(raw.SQLITE_CANTOPEN, "cannot be opened")]
    [InlineData(raw.SQLITE_NOTADB, "is not a SQLite database")]
    [InlineData(raw.SQLITE_CORRUPT, "is damaged")]
    [InlineData(raw.SQLITE_IOERR, "could not be read or written")]
    [InlineData(raw.SQLITE_NOMEM, "no memory left")]
    [InlineData(raw.SQLITE_CONSTRAINT, "failed with code 19: words of SQLite")]
    public void Errors_name_the_file_and_the_remedy(int code, string words)
    {
        BillingException error = SqliteErrors.Of(code, "words of SQLite", "'billing.db'", TimeSpan.FromSeconds(7));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Contains("'billing.db'", error.Message, StringComparison.Ordinal);
        Assert.Equal(code, Assert.IsType<Microsoft.Data.Sqlite.SqliteException>(error.InnerException).SqliteExtendedErrorCode);
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
