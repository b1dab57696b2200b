using System.Text;
using Billing.Sinks.Postgres.Tests.Server;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Sinks.Postgres.Tests;

/// <summary>A server that is killed while it is written to.</summary>
[Collection(nameof(Alone))]
public sealed class KilledServerTests : IDisposable
{
    private const int Rows = 6_000;
    private const int BatchSize = 250;

    private readonly PostgresServer _server = PostgresServer.Start();
    private readonly byte[] _file = Encoding.UTF8.GetBytes("date,company,amount,currency\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => FormattableString.Invariant($"2025-06-{(i % 30) + 1:00},Company {i % 97},{i}.25,USD\n"))));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task A_run_whose_server_dies_fails_clearly_and_running_it_again_completes_it()
    {
        for (int batches = 0; batches < 20; batches += 5)
        {
            string database = FormattableString.Invariant($"killed_{batches}");
            _server.CreateDatabase(database);
            Exception error = await Assert.ThrowsAnyAsync<BillingException>(() => IngestAsync(database, batches, restart: false));
            Assert.Contains("database", error.Message, StringComparison.Ordinal);
            _server.Run();

            IngestReport again = await IngestAsync(database, null, restart: false);

            Assert.Equal((RunStatus.Completed, true, Rows, 0), (again.Status, again.IsBalanced, again.Read.Rows, again.Conflict.Rows));
            Assert.Equal(FormattableString.Invariant($"{Rows}"), _server.Scalar("SELECT COUNT(*) FROM billing_records", database));
        }
    }

    [Fact]
    public async Task A_run_goes_on_when_its_server_comes_back_in_time()
    {
        _server.CreateDatabase("resumed");
        IngestReport report = await IngestAsync("resumed", 3, restart: true);
        Assert.Equal((RunStatus.Completed, true, Rows), (report.Status, report.IsBalanced, report.Stored.Rows));
        Assert.Equal(FormattableString.Invariant($"{Rows}"), _server.Scalar("SELECT COUNT(*) FROM billing_records", "resumed"));
    }

    // Killed when so many batches are reported.
    private async Task<IngestReport> IngestAsync(string database, int? batches, bool restart)
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddBilling(billing => billing.UseBatchSize(BatchSize).AddPostgresSink(_server.ConnectionString(database), options =>
            {
                options.CreateTables = true;
                options.MaxAttempts = restart ? 60 : 1;
                options.MaxRetryDelay = TimeSpan.FromMilliseconds(500);
            }))
            .BuildServiceProvider();
        int reported = 0;
        IngestOptions options = new()
        {
            Progress = new Now(() =>
            {
                if (reported++ == batches)
                {
                    _server.Kill();
                    if (restart)
                    {
                        _server.Run();
                    }
                }
            }),
        };
        return await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Bytes("june.csv", _file), options, Cancellation);
    }

    private sealed class Now(Action action) : IProgress<IngestProgress>
    {
        public void Report(IngestProgress value) => action();
    }
}
