using MySqlConnector;

namespace Billing.Sinks.Aurora.Connections;

/// <summary>Connection strings: what they must be, and what reports and logs call their database.</summary>
internal static class MySqlAddress
{
    /// <summary>The name where no connection string is known.</summary>
    public const string Unknown = "mysql";

    /// <summary>A connection string that lets rows be sent as a stream, unless it says that it does not.</summary>
    /// <exception cref="BillingConfigurationException">It is none. The message repeats nothing of it: it may hold a password.</exception>
    public static string Parse(string connectionString)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            throw new BillingConfigurationException("The connection string of AddAuroraSink is blank. Write it like Server=localhost;Database=billing;User ID=app;Password=..;SslMode=VerifyFull.");
        }

        try
        {
            MySqlConnectionStringBuilder settings = new(connectionString);
            if (!settings.ContainsKey("AllowLoadLocalInfile"))
            {
                settings.AllowLoadLocalInfile = true;
            }

            return settings.ConnectionString;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException)
        {
            throw new BillingConfigurationException("What AddAuroraSink was given is no connection string of MySqlConnector. Write it like Server=localhost;Database=billing;User ID=app;Password=..;SslMode=VerifyFull, with values that hold ; or = in quotation marks.", e);
        }
    }

    /// <summary>Server and database of a connection string, never user or password.</summary>
    public static string NameOf(string connectionString)
    {
        MySqlConnectionStringBuilder settings = new(connectionString);
        return $"{Unknown}:{settings.Server}/{settings.Database}";
    }
}
