using System.Data.Common;
using Billing.Sinks.Aurora;
using Billing.Sinks.Postgres;
using MySqlConnector;
using Npgsql;

namespace Billing.Console.Stores;

/// <summary>How the address of a kind of SQL server is written, and what its driver calls the parts.</summary>
/// <param name="Scheme">What the address begins with.</param>
/// <param name="Server">The server, as messages call it.</param>
/// <param name="Driver">The driver, as messages call it.</param>
/// <param name="PasswordVariable">The environment variable that holds the password.</param>
/// <param name="Host">The setting of the host.</param>
/// <param name="User">The setting of the user.</param>
/// <param name="Settings">Makes settings of a connection string.</param>
/// <param name="AddTo">Makes the database of a connection string the ledger of a pipeline; its tables are created where they are not there.</param>
/// <param name="Open">Opens it for reading; never creates anything.</param>
internal sealed record ServerScheme(
    string Scheme,
    string Server,
    string Driver,
    string PasswordVariable,
    string Host,
    string User,
    Func<string, DbConnectionStringBuilder> Settings,
    Action<BillingBuilder, string> AddTo,
    Func<string, IBillingStore> Open)
{
    public static readonly ServerScheme MySql = new(
        "mysql",
        "MySQL",
        "MySqlConnector",
        "BILLING_MYSQL_PASSWORD",
        "Server",
        "User ID",
        text => new MySqlConnectionStringBuilder(text),
        (billing, connection) => billing.AddAuroraSink(connection, options => options.CreateTables = true),
        connection => new AuroraSink(connection));

    public static readonly ServerScheme Postgres = new(
        "postgres",
        "PostgreSQL",
        "Npgsql",
        "BILLING_POSTGRES_PASSWORD",
        "Host",
        "Username",
        text => new NpgsqlConnectionStringBuilder(text),
        (billing, connection) => billing.AddPostgresSink(connection, options => options.CreateTables = true),
        connection => new PostgresSink(connection));

    public const string Port = "Port";
    public const string Password = "Password";
    public const string Database = "Database";

    /// <summary>The error of an address; it never repeats it: it may hold a password.</summary>
    public UsageException Wrong(string why) => new(
        $"The address of the {Server} store cannot be used: {why}. Write it like {Scheme}://app@127.0.0.1/billing, with the password in {PasswordVariable}, or like \"{Scheme}:{Host}=127.0.0.1;Database=billing;{User}=app\".");
}
