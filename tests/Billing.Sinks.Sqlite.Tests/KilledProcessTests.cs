using System.Diagnostics;
using System.Globalization;
using System.Text;
using Billing.KilledProcess;

namespace Billing.Sinks.Sqlite.Tests;

/// <summary>A process that is killed at any moment, and run again, leaves what an undisturbed run leaves.</summary>
[Trait("Culture", "independent")]
public sealed class KilledProcessTests
{
    private const int Kills = 100;
    private const int Rows = 4_000;
    private const int Seed = 20250617;

    [Fact]
    public async Task Killed_at_100_moments_and_run_again_the_store_equals_that_of_an_undisturbed_run()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        string folder = Some.Folder();
        try
        {
            string file = Path.Combine(folder, "june.csv");
            await File.WriteAllTextAsync(file, Invoices(new Random(Seed), Rows), cancellationToken);
            string undisturbed = Path.Combine(folder, "undisturbed.db");
            Moments all = new(killAt: 0);
            IngestReport whole = await Ingestion.RunAsync(undisturbed, file, all, cancellationToken);
            Assert.Equal(Rows, whole.Read.Rows);
            Assert.True(whole.Quarantined.Rows > 0, "The input has no dirt; the quarantine would not be tried.");
            string expected = await ContentAsync(undisturbed, cancellationToken);

            Random moments = new(Seed);
            for (int i = 0; i < Kills; i++)
            {
                string database = Path.Combine(folder, $"killed-{i}.db");
                await KillAsync(database, file, moments.NextInt64(1, all.Passed + 1), cancellationToken);

                IngestReport again = await Ingestion.RunAsync(database, file, new Moments(killAt: 0), cancellationToken);

                Assert.Equal(RunStatus.Completed, again.Status);
                Assert.Equal(Rows, again.Read.Rows);
                Assert.Equal(0, again.Conflict.Rows);
                Assert.Equal(expected, await ContentAsync(database, cancellationToken));
                foreach (string left in Directory.EnumerateFiles(folder, $"killed-{i}.db*"))
                {
                    File.Delete(left);
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Runs the process to the moment at which it is killed.</summary>
    private static async Task KillAsync(string database, string file, long moment, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true };
        foreach (string argument in (string[])[typeof(Ingestion).Assembly.Location, database, file, moment.ToString(CultureInfo.InvariantCulture)])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode != 0 && output.Length == 0, $"The process was not killed at moment {moment}, and said '{output}'.");
    }

    /// <summary>Everything that is kept of records and quarantine, but the run that it came with.</summary>
    private static async Task<string> ContentAsync(string database, CancellationToken cancellationToken)
    {
        await using SqliteSink store = new($"Data Source={database}");
        StringBuilder content = new();
        RecordQuery query = new() { PageSize = 1_000 };
        while (true)
        {
            Page<BillingRecord> page = await store.QueryAsync(query, cancellationToken);
            foreach (BillingRecord record in page.Items)
            {
                content.Append(CultureInfo.InvariantCulture, $"{record.Key} {record.Fingerprint} {record.Occurrence} {record.Date:yyyy-MM-dd} {record.Amount} {record.ReportingAmount} {record.ExchangeRate} {record.Party} {record.Description} {record.SourceId} {record.Source} ");
                content.AppendJoin(',', record.Attributes).Append('\n');
            }

            if (page.ContinuationToken is null)
            {
                break;
            }

            query = query with { ContinuationToken = page.ContinuationToken };
        }

        Page<QuarantinedRecord> quarantine = await store.GetQuarantineAsync(new QuarantineQuery { PageSize = 10_000 }, cancellationToken);
        foreach (QuarantinedRecord record in quarantine.Items)
        {
            content.Append(CultureInfo.InvariantCulture, $"{record.Key} {record.Source} {record.Reason} {record.Detail} {record.RawText}\n");
        }

        return content.ToString();
    }

    /// <summary>Invoices with repeats, other currencies, and some that cannot be read.</summary>
    private static string Invoices(Random random, int rows)
    {
        string[] currencies = ["USD", "CAD", "MXN", "USD", "ABC"];
        string[] dates = ["2025-06-01", "2025-06-17", "2025-06-30", "2025/06/30"];
        StringBuilder text = new("company_name,country,product_line,item,bill_date,currency,bill_amount\n");
        for (int i = 0; i < rows; i++)
        {
            string currency = currencies[random.Next(50) == 0 ? 4 : random.Next(4)];
            string date = dates[random.Next(50) == 0 ? 3 : random.Next(3)];
            text.Append(CultureInfo.InvariantCulture, $"Company {random.Next(20)},Québec,Bakery,\"Flour, fine\",{date},{currency},{random.Next(1, 40) / 4m}\n");
        }

        return text.ToString();
    }
}
