using System.Data.Common;

namespace Billing.Sinks.Aurora;

/// <summary>What reports and logs call a database: server and database of its connection string, never user or password.</summary>
internal static class DatabaseName
{
    /// <summary>The name where no connection string is known.</summary>
    public const string Unknown = "mysql";

    private static readonly string[] s_server = ["Server", "Host", "Data Source", "DataSource", "Address", "Addr", "Network Address"];
    private static readonly string[] s_database = ["Database", "Initial Catalog"];

    /// <summary>The name of the database of a connection string.</summary>
    public static string Of(string? connectionString)
    {
        try
        {
            DbConnectionStringBuilder settings = new() { ConnectionString = connectionString };
            string server = Value(settings, s_server);
            string database = Value(settings, s_database);
            return server.Length + database.Length == 0 ? Unknown : $"{Unknown}:{server}/{database}";
        }
        catch (ArgumentException)
        {
            // The driver says what is wrong with it, once it is used.
            return Unknown;
        }
    }

    private static string Value(DbConnectionStringBuilder settings, string[] names)
    {
        foreach (string name in names)
        {
            if (settings.TryGetValue(name, out object? value) && value is string text)
            {
                return text;
            }
        }

        return "";
    }
}
