using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Sinks.Aurora.Tests.Faults;

/// <summary>A server that is killed while a file is ingested, and started again: nothing is lost or doubled.</summary>
[Trait("Server", "once")]
public sealed class KilledServerTests : IDisposable
{
    private const int Rows = 6_000;
    private const int BatchSize = 250;
    private const int Moments = 6;
    private const int Seed = 20250617;

    private readonly MySqlServer _server = MySqlServer.Start();
    private readonly byte[] _file = Encoding.UTF8.GetBytes(Invoices(new Random(Seed)));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_whose_server_dies_fails_clearly_and_running_it_again_completes_it(bool infile)
    {
        string expected = await UndisturbedAsync(infile);
        Random moments = new(Seed);
        for (int i = 0; i < Moments; i++)
        {
            string database = $"killed_{i}";
            _server.CreateDatabase(database);
            await PrepareAsync(database);
            using Killer killer = new(_server, batches: moments.Next(0, (Rows / BatchSize) - 4), spins: moments.Next(0, 100_000));

            Exception error = await Assert.ThrowsAnyAsync<Exception>(async () => await IngestAsync(database, infile, retries: 0, killer));
            Assert.Contains("database", error.ToString(), StringComparison.Ordinal);
            killer.Wait();
            _server.Run();
            IngestReport again = await IngestAsync(database, infile, retries: 0, null);

            Assert.Equal(RunStatus.Completed, again.Status);
            Assert.True(again.IsBalanced);
            Assert.Equal(Rows, again.Read.Rows);
            Assert.Equal(0, again.Conflict.Rows);
            Assert.Equal(expected, Content(database));
        }
    }

    [Fact]
    public async Task A_run_goes_on_when_its_server_comes_back_in_time()
    {
        string expected = await UndisturbedAsync(infile: true);
        _server.CreateDatabase("resumed");
        await PrepareAsync("resumed");
        using Killer killer = new(_server, batches: 3, spins: 10_000, restart: true);
        IngestReport report = await IngestAsync("resumed", infile: true, retries: 60, killer);
        killer.Wait();
        Assert.Equal(RunStatus.Completed, report.Status);
        Assert.True(report.IsBalanced);
        Assert.Equal(Rows, report.Stored.Rows + report.Quarantined.Rows);
        Assert.Equal(expected, Content("resumed"));
    }

    private async Task<string> UndisturbedAsync(bool infile)
    {
        _server.CreateDatabase("undisturbed");
        await PrepareAsync("undisturbed");
        IngestReport report = await IngestAsync("undisturbed", infile, retries: 0, null);
        Assert.Equal(Rows, report.Read.Rows);
        Assert.True(report.Quarantined.Rows > 0, "The input has no dirt; the quarantine would not be tried.");
        return Content("undisturbed");
    }

    private async Task PrepareAsync(string database)
    {
        await using AuroraSink sink = new(_server.ConnectionString(database), new AuroraSinkOptions { CreateTables = true });
        await sink.WriteAsync([], Cancellation);
    }

    private async Task<IngestReport> IngestAsync(string database, bool infile, int retries, IProgress<IngestProgress>? progress)
    {
        ServiceCollection services = new();
        services.AddBilling(billing => billing
            .UseBatchSize(BatchSize)
            .UseExchangeRates(FixedRates.Parse("CAD=0.75, MXN=0.059"))
            .AddAuroraSink(_server.ConnectionString(database), options =>
            {
                options.UseLocalInfile = infile;
                options.MaxAttempts = retries + 1;
                options.MaxRetryDelay = TimeSpan.FromMilliseconds(500);
            }));
        await using ServiceProvider provider = services.BuildServiceProvider();
        return await provider.GetRequiredService<BillingPipeline>()
            .IngestAsync(BillingSource.Bytes("june.csv", _file), new IngestOptions { Progress = progress }, Cancellation);
    }

    /// <summary>Counts, sums and a checksum of everything that is kept of records and quarantine, but the run that it came with.</summary>
    private string Content(string database) =>
        _server.Scalar(
            "SELECT CONVERT(CONCAT_WS(' ', COUNT(*), SUM(amount), SUM(reporting_amount), BIT_XOR(CRC32(CONCAT_WS('|', HEX(key_hash), HEX(fingerprint), occurrence, date, amount, currency, reporting_amount, party, attributes, line)))) USING latin1) FROM billing_records",
            database)
        + " / "
        + _server.Scalar("SELECT CONVERT(CONCAT_WS(' ', COUNT(*), BIT_XOR(CRC32(CONCAT_WS('|', HEX(key_hash), reason, line, HEX(raw))))) USING latin1) FROM billing_quarantine", database);

    private static string Invoices(Random random)
    {
        string[] currencies = ["USD", "CAD", "MXN", "USD", "ABC"];
        StringBuilder text = new("company_name,country,item,bill_date,currency,bill_amount\n");
        for (int i = 0; i < Rows; i++)
        {
            string currency = currencies[random.Next(50) == 0 ? 4 : random.Next(4)];
            text.Append(CultureInfo.InvariantCulture, $"Company {random.Next(20)},Québec,\"Flour, fine\",2025-06-{random.Next(1, 31):00},{currency},{random.Next(1, 4000) / 100m}\n");
        }

        return text.ToString();
    }
}
