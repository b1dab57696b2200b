using Npgsql;

namespace Billing.Sinks.Postgres.Connections;

/// <summary>Connection strings of Npgsql.</summary>
internal static class PostgresAddress
{
    /// <summary>Returns the name of a database for messages: without user and password.</summary>
    /// <exception cref="BillingConfigurationException">The connection string is invalid.</exception>
    public static string NameOf(string connectionString)
    {
        try
        {
            NpgsqlConnectionStringBuilder settings = new(connectionString);
            return $"postgres:{settings.Host}/{settings.Database}";
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The message of the driver may repeat what it did not understand, which may be a password.
            throw new BillingConfigurationException("The connection string is not valid for Npgsql. Write it like Host=db.example.com;Database=billing;Username=app;Password=..;SSL Mode=VerifyFull.");
        }
    }
}
