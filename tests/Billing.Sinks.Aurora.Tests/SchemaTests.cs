using System.Data.Common;

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
        await using AuroraSink sink = _store.Open(options => options.CreateSchema = false);
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
        Assert.Throws<BillingConfigurationException>(() => _store.Open(options => options.ConcurrentWrites = 0));
        Assert.Throws<BillingConfigurationException>(() => _store.Open(options => options.ConcurrentWrites = 17));
        Assert.Throws<BillingConfigurationException>(() => _store.Open(options => options.MaxRetries = -1));
        Assert.Throws<BillingConfigurationException>(() => _store.Open(options => options.MaxRetryDelay = TimeSpan.Zero));
        Assert.Throws<BillingConfigurationException>(() => _store.Open(options => options.CommandTimeout = TimeSpan.Zero));
    }

    [Fact]
    public async Task What_a_server_does_by_default_does_not_matter()
    {
        using MariaDbServer loose = MariaDbServer.Start("--sql-mode=NO_BACKSLASH_ESCAPES,ANSI_QUOTES", "--default-time-zone=-07:00", "--character-set-server=latin1");
        loose.Execute("CREATE DATABASE ledger");
        await using AuroraSink sink = new(MySqlDriver.Open(loose.ConnectionString("ledger")), new AuroraSinkOptions { CreateSchema = true });
        BillingRecord record = Some.Record(party: "Zoë \\ ' \" 😀", instant: new DateTimeOffset(2025, 3, 9, 2, 30, 0, TimeSpan.FromHours(-7)));
        Assert.Equal([WriteOutcome.Stored], await sink.WriteAsync([record], Cancellation));
        Same.Record(record, await sink.FindAsync(record.Key, Cancellation));
    }

    [Fact]
    public async Task A_file_is_used_where_it_is_allowed_and_parameters_elsewhere()
    {
        await using AuroraSink allowed = _store.Open(options => options.UseLocalInfile = true);
        await allowed.WriteAsync([Some.Record("1")], Cancellation);
        Assert.True(allowed.LocalInfile.Allowed);

        using DbDataSource source = MySqlDriver.Open(SharedMariaDb.Instance.ConnectionString(_store.Database).Replace("AllowLoadLocalInfile=true", "AllowLoadLocalInfile=false", StringComparison.Ordinal));
        await using AuroraSink denied = new(source, new AuroraSinkOptions { FewestRowsForFile = 0 });
        Assert.Equal([WriteOutcome.Stored], await denied.WriteAsync([Some.Record("2")], Cancellation));
        Assert.False(denied.LocalInfile.Allowed);

        // MySqlConnector sends no file to a server whose certificate it does not check; MySql.Data does.
        using DbDataSource unverified = MySqlDriver.Open(SharedMariaDb.Instance.PlainConnectionString(_store.Database));
        await using AuroraSink open = new(unverified, new AuroraSinkOptions { FewestRowsForFile = 0, MaxRetries = 0 });
        Assert.Equal([WriteOutcome.Stored], await open.WriteAsync([Some.Record("4")], Cancellation));
        Assert.Equal(MySqlDriver.Encryption("") == "SslMode=None", open.LocalInfile.Allowed);

        await using AuroraSink unwanted = _store.Open(options => options.UseLocalInfile = false);
        Assert.Equal([WriteOutcome.Stored], await unwanted.WriteAsync([Some.Record("3")], Cancellation));
        Assert.False(unwanted.LocalInfile.Allowed);
    }

    [Fact]
    public async Task No_temporary_file_is_left()
    {
        string folder = Some.Folder();
        await using AuroraSink sink = _store.Open(options => options.UseLocalInfile = true);
        sink.LocalInfile.Folder = folder;
        DateTime before = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Directory.SetLastWriteTimeUtc(folder, before);
        await sink.WriteAsync([.. Enumerable.Range(0, 500).Select(i => Some.Record($"{i}"))], Cancellation);
        Assert.True(sink.LocalInfile.Allowed);

        // Files came, and went.
        Assert.NotEqual(before, Directory.GetLastWriteTimeUtc(folder));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        Directory.Delete(folder);
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
        using DbDataSource source = MySqlDriver.Open(SharedMariaDb.Instance.ConnectionString(_store.Database).Replace("User ID=root", $"User ID=nobody;Password={Secret}", StringComparison.Ordinal));
        await using AuroraSink sink = new(source, new AuroraSinkOptions { MaxRetries = 0 });
        Assert.Equal($"mysql:127.0.0.1/{_store.Database}", sink.Name);
        BillingException error = await Assert.ThrowsAsync<BillingException>(async () => await sink.WriteAsync([Some.Record()], Cancellation));
        Assert.Contains("1045", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_are_read_again_when_the_server_denies_access()
    {
        string user = "rotating_" + _store.Database;
        _store.Execute($"CREATE USER '{user}'@'%' IDENTIFIED BY 'first'");
        _store.Execute($"CREATE USER '{user}'@'localhost' IDENTIFIED BY 'first'");
        _store.Execute($"GRANT ALL ON {_store.Database}.* TO '{user}'@'%', '{user}'@'localhost'");
        string password = "first";
        int reads = 0;
        await using AuroraSink sink = new(
            _ =>
            {
                reads++;
                return ValueTask.FromResult(MySqlDriver.Open(SharedMariaDb.Instance.ConnectionString(_store.Database, "Pooling=false").Replace("User ID=root", $"User ID={user};Password={password}", StringComparison.Ordinal)));
            },
            new AuroraSinkOptions { CreateSchema = true });
        await sink.WriteAsync([Some.Record("1")], Cancellation);
        await sink.WriteAsync([Some.Record("2")], Cancellation);
        Assert.Equal(1, reads);

        password = "second";
        _store.Execute($"ALTER USER '{user}'@'%' IDENTIFIED BY 'second', '{user}'@'localhost' IDENTIFIED BY 'second'");
        Assert.Equal([WriteOutcome.Stored], await sink.WriteAsync([Some.Record("3")], Cancellation));
        Assert.Equal(2, reads);
        _store.Execute($"DROP USER '{user}'@'%', '{user}'@'localhost'");
    }
}
