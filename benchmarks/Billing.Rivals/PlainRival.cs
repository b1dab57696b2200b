using Microsoft.Data.Sqlite;

namespace Billing.Rivals;

/// <summary>What a .NET developer writes first: <see cref="PlainRecord"/>, and an insert per row in one transaction.</summary>
internal static class PlainRival
{
    public static Outcome IntoSqlite(string file, string database)
    {
        using SqliteConnection connection = new($"Data Source={database}");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, """
            CREATE TABLE IF NOT EXISTS records (key BLOB PRIMARY KEY, fingerprint BLOB, occurrence INTEGER, id TEXT, company_name TEXT, country TEXT, city TEXT,
                product_line TEXT, item TEXT, bill_date TEXT, currency TEXT, bill_amount TEXT, cents INTEGER, category TEXT) WITHOUT ROWID
            """);
        using (SqliteTransaction transaction = connection.BeginTransaction())
        {
            using SqliteCommand insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO records VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (key) DO NOTHING";
            SqliteParameter[] parameters = [.. Enumerable.Range(0, 14).Select(i => insert.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" }))];
            foreach (PlainRecord record in PlainRecord.ReadAll(file))
            {
                InvoiceRow row = record.Row;
                object?[] values =
                [
                    record.Key, record.Fingerprint, record.Occurrence, row.id, row.company_name, row.country, row.city, row.product_line, row.item,
                    record.Date, row.currency, record.Amount, (long)(record.Dollars * 100), record.Category,
                ];
                for (int i = 0; i < values.Length; i++)
                {
                    parameters[i].Value = values[i];
                }

                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        using SqliteCommand totals = connection.CreateCommand();
        totals.CommandText = "SELECT count(*), sum(cents), sum(occurrence > 1) FROM records";
        using SqliteDataReader sums = totals.ExecuteReader();
        sums.Read();
        return new Outcome(sums.GetInt64(0), sums.GetInt64(1), sums.GetInt64(2));
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
