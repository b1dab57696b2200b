using System.Globalization;
using DuckDB.NET.Data;

namespace Billing.Rivals;

/// <summary>
/// DuckDB does the work of the pipeline in SQL: parse, convert to USD (rounded half to even), SHA-256 over all columns, the count of equal rows,
/// the SHA-256 of both as the key, and a category.
/// </summary>
internal static class DuckDbRival
{
    // In cents and thousandths, so that the rounding is exact and half to even, as the pipeline's.
    private const string Converted = """
        SELECT *, sha256(concat_ws(chr(31), id, company_name, country, city, product_line, item, bill_date, currency, bill_amount)) AS fingerprint,
            (thousandths // 1000) + CASE WHEN thousandths % 1000 > 500 OR (thousandths % 1000 = 500 AND (thousandths // 1000) % 2 = 1) THEN 1 ELSE 0 END AS cents
        FROM (SELECT *, CAST(bill_amount * 100 AS BIGINT) * CASE currency WHEN 'USD' THEN 1000 WHEN 'CAD' THEN 750 WHEN 'MXN' THEN 59 END AS thousandths,
                CASE product_line WHEN 'Bakery' THEN 'bakery' WHEN 'Dairy' THEN 'dairy' WHEN 'Meat' THEN 'meat' END AS category
            FROM read_csv($file, header = true, columns = {
                'id': 'VARCHAR', 'company_name': 'VARCHAR', 'country': 'VARCHAR', 'city': 'VARCHAR', 'product_line': 'VARCHAR', 'item': 'VARCHAR',
                'bill_date': 'DATE', 'currency': 'VARCHAR', 'bill_amount': 'DECIMAL(18,2)'}))
        """;

    private const string Identified = $"""
        SELECT *, unhex(sha256(concat_ws(chr(31), fingerprint, occurrence))) AS key
        FROM (SELECT *, row_number() OVER (PARTITION BY fingerprint) AS occurrence FROM ({Converted}))
        """;

    // Every column that was computed enters, or the optimiser leaves it out.
    private const string Totals = "count(*), sum(cents), count(*) FILTER (occurrence > 1), max(key), count(category)";

    public static Outcome Hot(string file, string threads)
    {
        using DuckDBConnection connection = Open("DataSource=:memory:", threads);
        return Query(connection, $"SELECT {Totals} FROM ({Identified})", file);
    }

    public static Outcome HotWithoutOccurrences(string file, string threads)
    {
        using DuckDBConnection connection = Open("DataSource=:memory:", threads);
        Outcome outcome = Query(connection, $"SELECT count(*), sum(cents), 0, max(fingerprint), count(category) FROM ({Converted})", file);
        return outcome with { Repeats = -1 };
    }

    /// <summary>Into a table with the key as its primary key; what is there already is left alone.</summary>
    public static Outcome IntoTable(string file, string threads, string database)
    {
        using DuckDBConnection connection = Open($"DataSource={database}", threads);
        Execute(connection, """
            CREATE TABLE IF NOT EXISTS records (key BLOB PRIMARY KEY, fingerprint VARCHAR, occurrence BIGINT, id VARCHAR, company_name VARCHAR, country VARCHAR, city VARCHAR,
                product_line VARCHAR, item VARCHAR, bill_date DATE, currency VARCHAR, bill_amount DECIMAL(18,2), cents BIGINT, category VARCHAR)
            """);
        using (DuckDBCommand insert = connection.CreateCommand())
        {
            insert.CommandText = $"INSERT OR IGNORE INTO records SELECT key, fingerprint, occurrence, id, company_name, country, city, product_line, item, bill_date, currency, bill_amount, cents, category FROM ({Identified})".Replace("$file", $"'{file}'", StringComparison.Ordinal);
            insert.ExecuteNonQuery();
        }

        return Query(connection, "SELECT count(*), sum(cents), count(*) FILTER (occurrence > 1), max(key), count(category) FROM records", file);
    }

    private static DuckDBConnection Open(string connectionString, string threads)
    {
        DuckDBConnection connection = new(connectionString);
        connection.Open();
        Execute(connection, $"SET threads = {int.Parse(threads, CultureInfo.InvariantCulture)}");
        return connection;
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static Outcome Query(DuckDBConnection connection, string sql, string file)
    {
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql.Replace("$file", $"'{file}'", StringComparison.Ordinal);
        using DuckDBDataReader reader = command.ExecuteReader();
        return reader.Read()
            ? new Outcome(Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture), long.Parse(reader.GetValue(1).ToString()!, CultureInfo.InvariantCulture), Convert.ToInt64(reader.GetValue(2), CultureInfo.InvariantCulture))
            : throw new InvalidOperationException("DuckDB gave no row.");
    }
}
