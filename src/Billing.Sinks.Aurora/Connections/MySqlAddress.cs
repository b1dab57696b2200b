using MySqlConnector;

namespace Billing.Sinks.Aurora.Connections;

/// <summary>Checks connection strings, and names their database for reports and logs.</summary>
internal static class MySqlAddress
{
    /// <summary>The name if no connection string is known.</summary>
    public const string Unknown = "mysql";

    /// <summary>Returns a connection string that allows rows to be sent as a stream, unless it states otherwise.</summary>
    /// <exception cref="BillingConfigurationException">The connection string is invalid. The message repeats no part of it, because it may hold a password.</exception>
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
            throw new BillingConfigurationException("The connection string for AddAuroraSink is not valid for MySqlConnector. Write it like Server=localhost;Database=billing;User ID=app;Password=..;SslMode=VerifyFull, and put values that contain ; or = in quotation marks.", e);
        }
    }

    /// <summary>Returns the server and the database of a connection string, never the user or the password.</summary>
    public static string NameOf(string connectionString)
    {
        MySqlConnectionStringBuilder settings = new(connectionString);
        return $"{Unknown}:{settings.Server}/{settings.Database}";
    }
}
