using Npgsql;

namespace Billing.Sinks.Postgres.Connections;

/// <summary>Connection strings of Npgsql.</summary>
internal static class PostgresAddress
{
    /// <summary>What messages call a database: no user and no password.</summary>
    /// <exception cref="BillingConfigurationException">It is no connection string.</exception>
    public static string NameOf(string connectionString)
    {
        try
        {
            NpgsqlConnectionStringBuilder settings = new(connectionString);
            return $"postgres:{settings.Host}/{settings.Database}";
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The driver's message may hold what it did not understand, and so a password.
            throw new BillingConfigurationException("The connection string is none of Npgsql. Write it like Host=db.example.com;Database=billing;Username=app;Password=..;SSL Mode=VerifyFull.");
        }
    }
}
