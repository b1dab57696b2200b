using System.Globalization;
using Billing.Sinks.Sqlite.Tests.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Sinks.Sqlite.Tests;

/// <summary>A disk that is full ends a run, says so, and nothing is lost.</summary>
public sealed class FullDiskTests : IAsyncDisposable
{
    private const int Rows = 6_000;

    private readonly SqliteFileStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_run_says_that_there_is_no_space_and_not_that_it_does_not_balance()
    {
        IBillingSource source = BillingSource.Text(
            "june.csv",
            "date,party,amount,currency\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => string.Create(CultureInfo.InvariantCulture, $"2025-06-01,Party {i},1.00,USD\n"))));

        IngestFailedException e = await Assert.ThrowsAsync<IngestFailedException>(() => IngestAsync(source, new SqliteSinkOptions { MostPages = 90 }));

        Assert.Contains("There is no space left for the SQLite database", e.Message, StringComparison.Ordinal);
        Assert.True(e.Report.EndedEarly);
        Assert.Equal(e.Report.Stored.Rows.ToString(CultureInfo.InvariantCulture), _store.Scalar("SELECT count(*) FROM records"));
        Assert.InRange(e.Report.Stored.Rows, 1, Rows - 1);
        Assert.True(e.Report.NotStored.Rows > 0);
        Assert.DoesNotContain("BALANCED", e.Report.ToString(), StringComparison.Ordinal);

        IngestReport again = await IngestAsync(source, new SqliteSinkOptions());
        Assert.Equal((Rows, RunStatus.Completed), ((int)(again.Stored.Rows + again.Duplicate.Rows), again.Status));
        Assert.Equal(e.Report.Stored.Rows, again.Duplicate.Rows);
    }

    private async Task<IngestReport> IngestAsync(IBillingSource source, SqliteSinkOptions options)
    {
        await using SqliteSink sink = new(_store.ConnectionString, options);
        await using ServiceProvider services = new ServiceCollection().AddBilling(billing => billing.UseBatchSize(500).AddSink(sink)).BuildServiceProvider();
        return await services.GetRequiredService<BillingPipeline>().IngestAsync(source, Cancellation);
    }
}
