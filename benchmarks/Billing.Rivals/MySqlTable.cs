using System.Globalization;
using MySqlConnector;

namespace Billing.Rivals;

/// <summary>A database of its own for each contender, and in it, for the rivals, a table with the columns and indexes of Billing's records.</summary>
internal static class MySqlTable
{
    private const string Create = """
        CREATE TABLE IF NOT EXISTS records (
            key_hash BINARY(32) NOT NULL, fingerprint BINARY(32) NOT NULL, occurrence BIGINT NOT NULL, scope LONGTEXT, source_id LONGTEXT, date DATE NOT NULL, instant VARCHAR(33) CHARACTER SET ascii,
            party LONGTEXT, account LONGTEXT, description LONGTEXT, amount DECIMAL(57,28) NOT NULL, amount_scale TINYINT UNSIGNED NOT NULL, currency VARCHAR(3) CHARACTER SET ascii NOT NULL,
            reporting_amount DECIMAL(57,28) NOT NULL, reporting_amount_scale TINYINT UNSIGNED NOT NULL, reporting_currency VARCHAR(3) CHARACTER SET ascii NOT NULL,
            rate VARCHAR(64) CHARACTER SET ascii, rate_date DATE, rate_source LONGTEXT, category LONGTEXT, category_rule LONGTEXT, flags LONGTEXT, alerts LONGTEXT, attributes LONGTEXT,
            source VARBINARY(2000) NOT NULL, line BIGINT NOT NULL, byte_offset BIGINT NOT NULL, run_id VARBINARY(255) NOT NULL,
            PRIMARY KEY (key_hash), KEY by_date (date), KEY by_source (source, line)
        ) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
        """;

    /// <summary>Makes an empty database, in place of one with that name.</summary>
    public static void Fresh(string port, string database)
    {
        using MySqlConnection connection = Open(port, "mysql");
        Execute(connection, $"DROP DATABASE IF EXISTS {database}");
        Execute(connection, $"CREATE DATABASE {database} CHARACTER SET utf8mb4");
    }

    public static MySqlConnection OpenWithTable(string port, string database)
    {
        MySqlConnection connection = Open(port, database);
        Execute(connection, Create);
        return connection;
    }

    /// <summary>What the table holds.</summary>
    public static Outcome Totals(string port, string database)
    {
        using MySqlConnection connection = Open(port, database);
        using MySqlCommand command = new("SELECT COUNT(*), CAST(SUM(reporting_amount) * 100 AS SIGNED), CAST(SUM(occurrence > 1) AS SIGNED) FROM records", connection);
        using MySqlDataReader sums = command.ExecuteReader();
        sums.Read();
        return new Outcome(sums.GetInt64(0), sums.GetInt64(1), sums.GetInt64(2));
    }

    public static void Execute(MySqlConnection connection, string sql)
    {
        using MySqlCommand command = new(sql, connection) { CommandTimeout = 3_600 };
        command.ExecuteNonQuery();
    }

    private static MySqlConnection Open(string port, string database)
    {
        // The rival names the columns of the file by variables.
        MySqlConnection connection = new(string.Create(CultureInfo.InvariantCulture, $"Server=127.0.0.1;Port={port};User ID=root;Database={database};AllowUserVariables=true;AllowLoadLocalInfile=true"));
        connection.Open();
        return connection;
    }
}
