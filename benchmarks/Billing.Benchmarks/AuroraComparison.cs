using System.Diagnostics;
using System.Globalization;
using Billing.Emulators;
using Billing.Sinks.Aurora;
using CsvHelper;
using Microsoft.Extensions.DependencyInjection;
using MySqlConnector;

namespace Billing.Benchmarks;

/// <summary>
/// Whole ingestions of one file into one MySQL server: the pipeline with its identity checks, twice, beside one LOAD DATA statement that
/// converts and hashes in SQL, and beside inserts of one row at a time in one transaction; all into tables with the same columns and indexes.
/// </summary>
internal static class AuroraComparison
{
    private const int Rounds = 3;
    private static int s_tables;

    /// <param name="server">A connection string, or <c>start</c> for a MariaDB of its own.</param>
    /// <param name="rows">The rows of the file.</param>
    public static async Task RunAsync(string server, int rows)
    {
        using MySqlServer? own = server == "start"
            ? MySqlServer.Start("--innodb-buffer-pool-size=1G", "--innodb-log-file-size=512M", "--innodb-flush-log-at-trx-commit=1")
            : null;
        own?.Execute("CREATE DATABASE benchmark");
        // The rival names the columns of the file by variables.
        MySqlConnectionStringBuilder settings = new(own?.AdministratorConnectionString("benchmark") ?? server)
        {
            AllowUserVariables = true,
            AllowLoadLocalInfile = true,
        };
        await using MySqlDataSource source = new(settings.ConnectionString);
        string folder = Directory.CreateTempSubdirectory("billing-benchmark-").FullName;
        try
        {
            string file = Path.Combine(folder, "invoices.csv");
            string few = Path.Combine(folder, "few.csv");
            int fewRows = Math.Max(1, rows / 20);
            await File.WriteAllBytesAsync(file, Invoices.Csv(rows));
            await File.WriteAllBytesAsync(few, Invoices.Csv(fewRows));
            Console.WriteLine($"{rows} rows, {new FileInfo(file).Length} bytes, {Environment.ProcessorCount} cores, .NET {Environment.Version}, server {await ScalarAsync(source, "SELECT CONVERT(VERSION() USING utf8mb4)")}");

            // What is compiled and opened first costs no one anything.
            await WithTablesAsync(source, prefix => PipelineAsync(source, prefix, few, report => report.Stored.Rows == fewRows));
            TimeSpan best = TimeSpan.MaxValue;
            TimeSpan bestAgain = TimeSpan.MaxValue;
            TimeSpan bestLoad = TimeSpan.MaxValue;
            TimeSpan bestRowByRow = TimeSpan.MaxValue;
            for (int round = 0; round < Rounds; round++)
            {
                await WithTablesAsync(source, async prefix =>
                {
                    best = Min(best, await PipelineAsync(source, prefix, file, report => report.Stored.Rows == rows));
                    string before = await StateAsync(source, prefix);
                    bestAgain = Min(bestAgain, await PipelineAsync(source, prefix, file, report => report.Duplicate.Rows == rows));
                    Demand(before == await StateAsync(source, prefix), "The second ingestion wrote records.");
                });
                await WithTablesAsync(source, async prefix => bestLoad = Min(bestLoad, await LoadDataAsync(source, prefix, file, rows)));
                await WithTablesAsync(source, async prefix => bestRowByRow = Min(bestRowByRow, await RowByRowAsync(source, prefix, file, rows)));
            }

            Print("pipeline, first ingestion", rows, best, bestLoad, bestRowByRow);
            Print("pipeline, second ingestion (all duplicates)", rows, bestAgain, bestLoad, bestRowByRow);
            Print("one LOAD DATA, conversion and SHA-256 in SQL", rows, bestLoad, bestLoad, bestRowByRow);
            Print("one row at a time", rows, bestRowByRow, bestLoad, bestRowByRow);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"second ingestion: {best / bestAgain:0.00} x the first"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Does something with new tables of the sink's own schema, and drops them.</summary>
    private static async Task WithTablesAsync(MySqlDataSource source, Func<string, Task> work)
    {
        string prefix = string.Create(CultureInfo.InvariantCulture, $"benchmark_{Environment.ProcessId}_{++s_tables}_");
        await using (AuroraSink tables = new(source, new AuroraSinkOptions { CreateTables = true, TablePrefix = prefix }))
        {
            await tables.WriteAsync([], CancellationToken.None);
        }

        try
        {
            await work(prefix);
        }
        finally
        {
            await ExecuteAsync(source, $"DROP TABLE {prefix}records, {prefix}runs, {prefix}quarantine");
        }
    }

    private static async Task<TimeSpan> PipelineAsync(MySqlDataSource source, string prefix, string file, Func<IngestReport, bool> expected)
    {
        long start = Stopwatch.GetTimestamp();
        await using ServiceProvider provider = new ServiceCollection()
            .AddBilling(billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75, MXN=0.059")).AddAuroraSink(source, options => options.TablePrefix = prefix))
            .BuildServiceProvider();
        IngestReport report = await provider.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.File(file));
        Demand(expected(report), $"Unexpected outcome:\n{report}");
        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task<TimeSpan> LoadDataAsync(MySqlDataSource source, string prefix, string file, int rows)
    {
        const string Content = "CONCAT_WS('\\n', @date, @id, @party, @item, @amount, @currency, @country, @city, @line)";
        long start = Stopwatch.GetTimestamp();
        await ExecuteAsync(source, $$"""
            LOAD DATA LOCAL INFILE '{{file}}' INTO TABLE {{prefix}}records CHARACTER SET utf8mb4
            FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"' LINES TERMINATED BY '\n' IGNORE 1 LINES
            (@id, @party, @country, @city, @line, @item, @date, @currency, @amount)
            SET key_hash = UNHEX(SHA2(CONCAT('1', {{Content}}), 256)), fingerprint = UNHEX(SHA2({{Content}}, 256)), occurrence = 1,
                source_id = @id, date = @date, party = @party, description = @item,
                amount = @amount, amount_scale = LENGTH(@amount) - LOCATE('.', @amount), currency = @currency,
                reporting_amount = ROUND(@amount * CASE @currency WHEN 'CAD' THEN 0.75 WHEN 'MXN' THEN 0.059 ELSE 1 END, 2), reporting_amount_scale = 2, reporting_currency = 'USD',
                rate = CASE @currency WHEN 'CAD' THEN '0.75' WHEN 'MXN' THEN '0.059' END, rate_source = CASE WHEN @currency <> 'USD' THEN 'fixed' END,
                attributes = JSON_OBJECT('country', @country, 'city', @city, 'product_line', @line),
                source = 'invoices.csv', line = @id, byte_offset = @id * 70, run_id = 'load-data'
            """);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        Demand(await ScalarAsync(source, $"SELECT COUNT(*) FROM {prefix}records") == rows.ToString(CultureInfo.InvariantCulture), "LOAD DATA lost rows.");
        return elapsed;
    }

    private static async Task<TimeSpan> RowByRowAsync(MySqlDataSource source, string prefix, string file, int rows)
    {
        long start = Stopwatch.GetTimestamp();
        await using (MySqlConnection connection = await source.OpenConnectionAsync())
        await using (MySqlTransaction transaction = await connection.BeginTransactionAsync())
        {
            await using MySqlCommand insert = connection.CreateCommand();
            insert.Transaction = transaction;
            insert.CommandText = $$"""
                INSERT INTO {{prefix}}records (key_hash, fingerprint, occurrence, source_id, date, party, description, amount, amount_scale, currency,
                    reporting_amount, reporting_amount_scale, reporting_currency, attributes, source, line, byte_offset, run_id)
                VALUES (UNHEX(SHA2(CONCAT('1', @p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8), 256)), UNHEX(SHA2(CONCAT(@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8), 256)), 1,
                    @p0, @p6, @p1, @p5, @p8, 2, @p7, @p9, 2, 'USD', JSON_OBJECT('country', @p2, 'city', @p3, 'product_line', @p4), 'invoices.csv', @p0, @p0 * 70, 'row-by-row')
                """;
            MySqlParameter[] parameters = [.. Enumerable.Range(0, 10).Select(i => Parameter(insert, $"@p{i}"))];
            using CsvReader reader = CsvReader.FromFile(file);
            while (reader.Read())
            {
                for (int i = 0; i < 9; i++)
                {
                    parameters[i].Value = reader.GetString(i);
                }

                decimal rate = reader.GetString(7) switch { "CAD" => 0.75m, "MXN" => 0.059m, _ => 1m };
                parameters[9].Value = Math.Round(reader.Parse<decimal>(8) * rate, 2);
                await insert.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        Demand(await ScalarAsync(source, $"SELECT COUNT(*) FROM {prefix}records") == rows.ToString(CultureInfo.InvariantCulture), "Inserts lost rows.");
        return elapsed;
    }

    // The runs differ: a second ingestion is a run of its own.
    private static Task<string> StateAsync(MySqlDataSource source, string prefix) =>
        ScalarAsync(source, $"SELECT CONCAT(COUNT(*), ' ', COUNT(DISTINCT run_id), ' ', BIT_XOR(CRC32(CONCAT(key_hash, fingerprint, run_id)))) FROM {prefix}records");

    private static MySqlParameter Parameter(MySqlCommand command, string name)
    {
        MySqlParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }

    private static async Task ExecuteAsync(MySqlDataSource source, string sql)
    {
        await using MySqlConnection connection = await source.OpenConnectionAsync();
        await using MySqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 3_600;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> ScalarAsync(MySqlDataSource source, string sql)
    {
        await using MySqlConnection connection = await source.OpenConnectionAsync();
        await using MySqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture)!;
    }

    private static void Demand(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidOperationException(message);
        }
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static void Print(string name, int rows, TimeSpan elapsed, TimeSpan load, TimeSpan rowByRow) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-46} {elapsed.TotalSeconds,8:0.00} s {rows / elapsed.TotalSeconds,10:N0} rows/s   {load / elapsed,5:0.00} x LOAD DATA   {rowByRow / elapsed,6:0.00} x row by row"));
}
