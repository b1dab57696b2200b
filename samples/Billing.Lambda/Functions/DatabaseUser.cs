using Billing.Aws;
using MySqlConnector;

namespace Billing.Lambda.Functions;

/// <summary>The MySQL user of the functions. It may read and write the rows of their tables, delete in the backup only, and change no table.</summary>
internal sealed class DatabaseUser(Func<CancellationToken, ValueTask<MySqlDataSource>> database)
{
    private const string OfInvoices = "billing\\_%";
    private const string OfBackup = "expenses%";

    /// <summary>Creates the user of a secret, or gives an existing user the password of the secret, and grants what is needed on the existing tables.</summary>
    /// <returns>The tables.</returns>
    public async Task<IReadOnlyList<string>> GrantAsync(DatabaseSecret secret, CancellationToken cancellationToken)
    {
        await using MySqlDataSource source = await database(cancellationToken);
        await using MySqlConnection connection = await source.OpenConnectionAsync(cancellationToken);

        // CREATE USER accepts no parameters. The secrets that AWS generates for a database contain nothing that needs an escape.
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
        : throw new BillingConfigurationException($"The key '{key}' of the secret that DB_SECRET_NAME names contains a quote, a backslash or a control character. Use a value without them.");

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
