using Billing.Rivals;

// Each rival is a whole process that does one piece of work on one file of `billing generate csv` and prints what came of it:
// rows, the sum in USD in cents, and the number of rows that equal an earlier one. benchmarks/compare.sh times them and compares what they print.
// Into a server, what the table holds is asked for afterwards (mysql-totals), because the other contenders do not ask either.
Outcome? outcome = null;
switch (args)
{
    case ["duckdb-hot", string file, string threads]:
        outcome = DuckDbRival.Hot(file, threads);
        break;
    case ["duckdb-hot-plain", string file, string threads]:
        outcome = DuckDbRival.HotWithoutOccurrences(file, threads);
        break;
    case ["duckdb-table", string file, string threads, string database]:
        outcome = DuckDbRival.IntoTable(file, threads, database);
        break;
    case ["dotnet-sqlite", string file, string database]:
        outcome = PlainRival.IntoSqlite(file, database);
        break;
    case ["csvhelper", string file]:
        outcome = ParsingRivals.CsvHelper(file);
        break;
    case ["sep", string file]:
        outcome = ParsingRivals.Sep(file);
        break;
    case ["sylvan", string file]:
        outcome = ParsingRivals.Sylvan(file);
        break;
    case ["mysql-server", string file]:
        await Servers.MySqlAsync(file);
        break;
    case ["mysql-fresh", string port, string database]:
        MySqlTable.Fresh(port, database);
        break;
    case ["mysql-totals", string port, string database]:
        outcome = MySqlTable.Totals(port, database);
        break;
    case ["mysql-load", string file, string port, string database]:
        MySqlRival.LoadData(file, port, database);
        break;
    case ["mysql-rows", string file, string port, string database]:
        MySqlRival.RowByRow(file, port, database);
        break;
    case ["dynamo-server", string file]:
        await Servers.DynamoAsync(file);
        break;
    case ["dynamo-transactions", string file, string port, string table, .. string[] metered]:
        outcome = await DynamoPipeline.IngestAsync(file, port, table, 10, metered is ["metered"]);
        break;
    case ["dynamo-singles", string file, string port, string table, .. string[] metered]:
        outcome = await DynamoPipeline.IngestAsync(file, port, table, 1, metered is ["metered"]);
        break;
    case ["dynamo-puts", string file, string port, string table, .. string[] metered]:
        outcome = await DynamoRival.ConditionalPutsAsync(file, port, table, metered is ["metered"]);
        break;
    case ["dynamo-batches", string file, string port, string table, .. string[] metered]:
        outcome = await DynamoRival.BatchesAsync(file, port, table, metered is ["metered"]);
        break;
    default:
        throw new ArgumentException("Usage: see the cases in Program.cs.");
}

if (outcome is not null)
{
    Console.WriteLine(outcome);
}
