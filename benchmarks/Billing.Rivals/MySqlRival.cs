using System.Data;
using MySqlConnector;

namespace Billing.Rivals;

/// <summary>One file into one MySQL table in which a key is there once: by <c>LOAD DATA</c> with all work in SQL, and row by row from .NET.</summary>
internal static class MySqlRival
{
    // LOAD DATA sees one row, and the count of equal rows needs all of them: so into a table of the session first.
    private const string Staged = """
        CREATE TEMPORARY TABLE staged (id BIGINT, company_name TEXT, country TEXT, city TEXT, product_line TEXT, item TEXT, bill_date DATE, currency VARCHAR(3), bill_amount DECIMAL(18,2), fingerprint BINARY(32))
        ENGINE=MyISAM CHARACTER SET utf8mb4
        """;

    // In cents and thousandths, so that the rounding is exact and half to even, as the pipeline's.
    private const string Insert = """
        INSERT INTO records (key_hash, fingerprint, occurrence, source_id, date, party, description, amount, amount_scale, currency, reporting_amount, reporting_amount_scale, reporting_currency,
            rate, rate_source, category, category_rule, attributes, source, line, byte_offset, run_id)
        SELECT UNHEX(SHA2(CONCAT(HEX(fingerprint), CHAR(31), occurrence), 256)), fingerprint, occurrence, id, bill_date, company_name, item, bill_amount, 2, currency,
            (thousandths DIV 1000 + (thousandths MOD 1000 > 500 OR (thousandths MOD 1000 = 500 AND (thousandths DIV 1000) MOD 2 = 1))) / 100, 2, 'USD',
            CASE currency WHEN 'CAD' THEN '0.75' WHEN 'MXN' THEN '0.059' END, CASE WHEN currency <> 'USD' THEN 'fixed' END, category, category,
            JSON_OBJECT('country', country, 'city', city, 'product_line', product_line), 'invoices.csv', id + 1, id * 70, 'load-data'
        FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY fingerprint) AS occurrence,
                CAST(bill_amount * 100 AS SIGNED) * CASE currency WHEN 'USD' THEN 1000 WHEN 'CAD' THEN 750 WHEN 'MXN' THEN 59 END AS thousandths,
                CASE product_line WHEN 'Bakery' THEN 'bakery' WHEN 'Dairy' THEN 'dairy' WHEN 'Meat' THEN 'meat' END AS category
            FROM staged) AS numbered
        ON DUPLICATE KEY UPDATE key_hash = VALUES(key_hash)
        """;

    private static readonly string[] s_fields = ["id", "company_name", "country", "city", "product_line", "item", "bill_date", "currency", "bill_amount"];

    private static readonly string[] s_columns =
    [
        "key_hash", "fingerprint", "occurrence", "source_id", "date", "party", "description", "amount", "amount_scale", "currency", "reporting_amount", "reporting_amount_scale", "reporting_currency",
        "rate", "rate_source", "category", "category_rule", "attributes", "source", "line", "byte_offset", "run_id",
    ];

    public static void LoadData(string file, string port, string database)
    {
        using MySqlConnection connection = MySqlTable.OpenWithTable(port, database);
        // What is sorted for the count stays in memory.
        MySqlTable.Execute(connection, "SET SESSION sort_buffer_size = 268435456, tmp_table_size = 1073741824, max_heap_table_size = 1073741824");
        MySqlTable.Execute(connection, Staged);
        Load(connection, file);
        MySqlTable.Execute(connection, Insert);
    }

    public static void RowByRow(string file, string port, string database)
    {
        using MySqlConnection connection = MySqlTable.OpenWithTable(port, database);
        using MySqlTransaction transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        using MySqlCommand insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = $"INSERT INTO records ({string.Join(", ", s_columns)}) VALUES ({string.Join(", ", s_columns.Select(column => "@" + column))}) ON DUPLICATE KEY UPDATE key_hash = VALUES(key_hash)";
        MySqlParameter[] parameters = [.. s_columns.Select(column => insert.Parameters.Add(new MySqlParameter { ParameterName = "@" + column }))];
        foreach (PlainRecord record in PlainRecord.ReadAll(file))
        {
            object?[] values = Values(record);
            for (int i = 0; i < values.Length; i++)
            {
                parameters[i].Value = values[i];
            }

            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    // LOAD DATA LOCAL INFILE, by the driver's own name for it.
    private static void Load(MySqlConnection connection, string file)
    {
        MySqlBulkLoader loader = new(connection)
        {
            FileName = file,
            TableName = "staged",
            Local = true,
            CharacterSet = "utf8mb4",
            FieldTerminator = ",",
            FieldQuotationCharacter = '"',
            FieldQuotationOptional = true,
            LineTerminator = "\n",
            NumberOfLinesToSkip = 1,
            Timeout = 3_600,
        };
        loader.Columns.AddRange(s_fields.Select(field => "@" + field));
        loader.Expressions.AddRange(s_fields.Select(field => $"{field} = @{field}"));
        loader.Expressions.Add($"fingerprint = UNHEX(SHA2(CONCAT_WS(CHAR(31 USING utf8mb4), {string.Join(", ", s_fields.Select(field => "@" + field))}), 256))");
        loader.Load();
    }

    private static object?[] Values(PlainRecord record)
    {
        InvoiceRow row = record.Row;
        bool converted = row.currency != "USD";
        long id = long.Parse(row.id, System.Globalization.CultureInfo.InvariantCulture);
        return
        [
            record.Key, record.Fingerprint, record.Occurrence, row.id, row.bill_date, row.company_name, row.item, row.bill_amount, 2, row.currency, record.Dollars, 2, "USD",
            converted ? record.Rate.ToString(System.Globalization.CultureInfo.InvariantCulture) : null, converted ? "fixed" : null, record.Category, record.Category,
            System.Text.Json.JsonSerializer.Serialize(new { row.country, row.city, row.product_line }), "invoices.csv"u8.ToArray(), id + 1, id * 70, "row-by-row"u8.ToArray(),
        ];
    }
}
