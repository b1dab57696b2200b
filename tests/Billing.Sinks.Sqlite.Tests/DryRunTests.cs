using Billing.Sinks.Sqlite.Tests.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Sinks.Sqlite.Tests;

/// <summary>A dry run leaves no file, although a sink creates its own on first use.</summary>
public sealed class DryRunTests : IAsyncDisposable
{
    private const string June = "date,amount,currency\n2025-06-01,10,USD\n";

    private readonly SqliteFileStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_file_that_is_not_there_counts_as_empty_and_is_not_created()
    {
        await using ServiceProvider services = Services(_store.ConnectionString);
        BillingPipeline pipeline = services.GetRequiredService<BillingPipeline>();
        BillingPipeline dry = pipeline.AsDryRun();
        Assert.Equal(1, (await dry.IngestAsync(BillingSource.Text("june.csv", June), Cancellation)).Stored.Rows);
        Assert.Empty(await dry.ReplayAsync(new QuarantineQuery(), new IngestOptions(), Cancellation));
        Assert.Empty(Directory.GetFileSystemEntries(_store.Folder));

        await pipeline.IngestAsync(BillingSource.Text("june.csv", June), Cancellation);
        Assert.Equal(1, (await pipeline.AsDryRun().IngestAsync(BillingSource.Text("copy.csv", June), Cancellation)).Duplicate.Rows);
    }

    [Fact]
    public async Task A_file_without_a_byte_counts_as_empty_and_stays_so()
    {
        await File.WriteAllBytesAsync(_store.File, [], Cancellation);
        await using ServiceProvider services = Services(_store.ConnectionString);
        Assert.Equal(1, (await services.GetRequiredService<BillingPipeline>().AsDryRun().IngestAsync(BillingSource.Text("june.csv", June), Cancellation)).Stored.Rows);
        Assert.Equal([_store.File], Directory.GetFileSystemEntries(_store.Folder));
        Assert.Equal(0, new FileInfo(_store.File).Length);
    }

    [Fact]
    public async Task What_is_only_in_the_log_beside_the_file_is_seen()
    {
        await using ServiceProvider services = Services(_store.ConnectionString);
        BillingPipeline pipeline = services.GetRequiredService<BillingPipeline>();
        await pipeline.IngestAsync(BillingSource.Text("june.csv", June), Cancellation);
        Assert.True(File.Exists(_store.File + "-wal"));
        Assert.Equal(1, (await pipeline.AsDryRun().IngestAsync(BillingSource.Text("copy.csv", June), Cancellation)).Duplicate.Rows);
    }

    [Fact]
    public async Task A_file_that_a_run_could_not_create_is_an_error_here_too()
    {
        await using ServiceProvider nowhere = Services($"Data Source={Path.Combine(_store.Folder, "none", "billing.db")}");
        await Assert.ThrowsAsync<IngestFailedException>(() => nowhere.GetRequiredService<BillingPipeline>().AsDryRun().IngestAsync(BillingSource.Text("june.csv", June), Cancellation));
        await using ServiceProvider readOnly = Services(_store.ConnectionString + ";Mode=ReadWrite");
        await Assert.ThrowsAsync<IngestFailedException>(() => readOnly.GetRequiredService<BillingPipeline>().AsDryRun().IngestAsync(BillingSource.Text("june.csv", June), Cancellation));
        await using ServiceProvider existing = Services(_store.ConnectionString, create: false);
        await Assert.ThrowsAsync<IngestFailedException>(() => existing.GetRequiredService<BillingPipeline>().AsDryRun().IngestAsync(BillingSource.Text("june.csv", June), Cancellation));
    }

    [Fact]
    public async Task A_ledger_in_memory_is_asked()
    {
        await using ServiceProvider services = Services("Data Source=:memory:");
        BillingPipeline pipeline = services.GetRequiredService<BillingPipeline>();
        await pipeline.IngestAsync(BillingSource.Text("june.csv", June), Cancellation);
        Assert.Equal(1, (await pipeline.AsDryRun().IngestAsync(BillingSource.Text("copy.csv", June), Cancellation)).Duplicate.Rows);
    }

    private static ServiceProvider Services(string connectionString, bool create = true) => new ServiceCollection()
        .AddBilling(billing => billing.AddSqliteSink(connectionString, options => options.CreateTables = create))
        .BuildServiceProvider();
}
