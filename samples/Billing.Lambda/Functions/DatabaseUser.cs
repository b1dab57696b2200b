using Billing.Aws;
using MySqlConnector;

namespace Billing.Lambda.Functions;

/// <summary>The user of MySQL whom the functions are: may read and write the rows of their tables, delete in the backup alone, and change no table.</summary>
internal sealed class DatabaseUser(Func<CancellationToken, ValueTask<MySqlDataSource>> database)
{
    private const string OfInvoices = "billing\\_%";
    private const string OfBackup = "expenses%";

    /// <summary>Creates the user of a secret, or gives an old one the secret's password, and grants what is needed on the tables that are there.</summary>
    /// <returns>The tables.</returns>
    public async Task<IReadOnlyList<string>> GrantAsync(DatabaseSecret secret, CancellationToken cancellationToken)
    {
        await using MySqlDataSource source = await database(cancellationToken);
        await using MySqlConnection connection = await source.OpenConnectionAsync(cancellationToken);

        // CREATE USER takes no parameters; what would need an escape is in no secret that a generator of AWS makes for a database.
        string user = $"'{Plain(secret.Username, "username")}'@'%'";
        string password = Plain(secret.Password, "password");
        await ExecuteAsync(connection, $"CREATE USER IF NOT EXISTS {user} IDENTIFIED BY '{password}'", cancellationToken);
        await ExecuteAsync(connection, $"ALTER USER {user} IDENTIFIED BY '{password}'", cancellationToken);
        List<string> tables = [];
        foreach ((string pattern, string rights) in ((string, string)[])[(OfInvoices, "SELECT, INSERT, UPDATE"), (OfBackup, "SELECT, INSERT, UPDATE, DELETE")])
        {
            foreach (string table in await TablesAsync(connection, pattern, cancellationToken))
            {
                await ExecuteAsync(connection, $"GRANT {rights} ON `{table}` TO {user}", cancellationToken);
                tables.Add(table);
            }
        }

        return tables;
    }

    private static string Plain(string text, string key) => text.AsSpan().IndexOfAny('\'', '\\') < 0 && !text.Any(char.IsControl)
        ? text
        : throw new BillingConfigurationException($"The key '{key}' of the secret that DB_SECRET_NAME names holds a quote, a backslash or a control character. Make one without.");

    private static async Task<List<string>> TablesAsync(MySqlConnection connection, string pattern, CancellationToken cancellationToken)
    {
        await using MySqlCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name LIKE '{pattern}' ORDER BY table_name";
        List<string> tables = [];
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            tables.Add(reader.GetString(0));
        }

        return tables;
    }

    private static async Task ExecuteAsync(MySqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using MySqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
