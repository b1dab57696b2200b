using System.Diagnostics;
using System.Globalization;
using CsvHelper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Benchmarks;

/// <summary>
/// Whole ingestions of one file on one machine in one process: the pipeline with its identity checks, twice,
/// beside a plain loop that parses each row and inserts it, in one transaction, with no check at all.
/// </summary>
internal static class SqliteComparison
{
    private const int Rounds = 3;

    public static async Task RunAsync(int rows)
    {
        string folder = Directory.CreateTempSubdirectory("billing-benchmark-").FullName;
        try
        {
            string file = Path.Combine(folder, "invoices.csv");
            await File.WriteAllBytesAsync(file, Invoices.Csv(rows));
            Console.WriteLine($"{rows} rows, {new FileInfo(file).Length} bytes, {Environment.ProcessorCount} cores, .NET {Environment.Version}");
            TimeSpan best = TimeSpan.MaxValue;
            TimeSpan bestAgain = TimeSpan.MaxValue;
            TimeSpan bestLoop = TimeSpan.MaxValue;
            for (int round = 0; round < Rounds; round++)
            {
                string database = Path.Combine(folder, $"pipeline-{round}.db");
                best = Min(best, await PipelineAsync(database, file, report => report.Stored.Rows == rows));
                bestAgain = Min(bestAgain, await PipelineAsync(database, file, report => report.Duplicate.Rows == rows));
                bestLoop = Min(bestLoop, PlainLoop(Path.Combine(folder, $"loop-{round}.db"), file));
            }

            Print("pipeline, first ingestion", rows, best, bestLoop);
            Print("pipeline, second ingestion (all duplicates)", rows, bestAgain, bestLoop);
            Print("plain row-by-row insert loop", rows, bestLoop, bestLoop);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<TimeSpan> PipelineAsync(string database, string file, Func<IngestReport, bool> expected)
    {
        long start = Stopwatch.GetTimestamp();
        await using (ServiceProvider provider = new ServiceCollection()
            .AddBilling(billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75, MXN=0.059")).AddSqliteSink($"Data Source={database}"))
            .BuildServiceProvider())
        {
            IngestReport report = await provider.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.File(file));
            if (!expected(report))
            {
                throw new InvalidOperationException($"Unexpected outcome:\n{report}");
            }
        }

        return Stopwatch.GetElapsedTime(start);
    }

    private static TimeSpan PlainLoop(string database, string file)
    {
        long start = Stopwatch.GetTimestamp();
        using (SqliteConnection connection = new($"Data Source={database}"))
        {
            connection.Open();
            Execute(connection, "PRAGMA journal_mode=WAL; CREATE TABLE bills(id INTEGER, company_name TEXT, country TEXT, city TEXT, product_line TEXT, item TEXT, bill_date TEXT, currency TEXT, bill_amount TEXT, usd_amount TEXT)");
            using SqliteTransaction transaction = connection.BeginTransaction();
            using SqliteCommand insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO bills VALUES ($0,$1,$2,$3,$4,$5,$6,$7,$8,$9)";
            SqliteParameter[] parameters = [.. Enumerable.Range(0, 10).Select(i => insert.Parameters.Add($"${i}", i == 0 ? SqliteType.Integer : SqliteType.Text))];
            insert.Prepare();
            using CsvReader reader = CsvReader.FromFile(file);
            while (reader.Read())
            {
                parameters[0].Value = reader.Parse<long>(0);
                for (int i = 1; i < 9; i++)
                {
                    parameters[i].Value = reader.GetString(i);
                }

                decimal rate = reader.GetString(7) switch { "CAD" => 0.75m, "MXN" => 0.059m, _ => 1m };
                parameters[9].Value = Math.Round(reader.Parse<decimal>(8) * rate, 2).ToString(CultureInfo.InvariantCulture);
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return Stopwatch.GetElapsedTime(start);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static void Print(string name, int rows, TimeSpan elapsed, TimeSpan baseline) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-45} {elapsed.TotalSeconds,8:0.00} s {rows / elapsed.TotalSeconds,12:N0} rows/s   {baseline / elapsed,5:0.00} x the loop's speed"));
}
