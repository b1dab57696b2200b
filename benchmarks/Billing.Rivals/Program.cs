using Billing.Rivals;

// Each rival is a whole process that does one piece of work on one file of `billing generate csv` and prints what came of it:
// rows, the sum in USD in cents, and the number of rows that equal an earlier one. benchmarks/compare.sh times them and compares what they print.
Outcome outcome = args switch
{
    ["duckdb-hot", string file, string threads] => DuckDbRival.Hot(file, threads),
    ["duckdb-hot-plain", string file, string threads] => DuckDbRival.HotWithoutOccurrences(file, threads),
    ["duckdb-table", string file, string threads, string database] => DuckDbRival.IntoTable(file, threads, database),
    ["dotnet-sqlite", string file, string database] => PlainRival.IntoSqlite(file, database),
    ["csvhelper", string file] => ParsingRivals.CsvHelper(file),
    ["sep", string file] => ParsingRivals.Sep(file),
    ["sylvan", string file] => ParsingRivals.Sylvan(file),
    _ => throw new ArgumentException("Usage: duckdb-hot|duckdb-hot-plain FILE THREADS, duckdb-table FILE THREADS DATABASE, dotnet-sqlite FILE DATABASE, csvhelper|sep|sylvan FILE"),
};
Console.WriteLine(outcome);
