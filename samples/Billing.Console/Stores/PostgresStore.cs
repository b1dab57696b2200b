using Billing.Sinks.Postgres;
using Npgsql;

namespace Billing.Console.Stores;

/// <summary>A PostgreSQL database (<see cref="ServerAddress"/>).</summary>
internal sealed class PostgresStore : IStore
{
    /// <summary>The environment variable that holds the password.</summary>
    public const string PasswordVariable = "BILLING_POSTGRES_PASSWORD";

    private static readonly ServerScheme s_scheme = new("postgres", "PostgreSQL", "Npgsql", PasswordVariable, "Host", "Username", text => new NpgsqlConnectionStringBuilder(text));

    private readonly ServerAddress _address;

    private PostgresStore(ServerAddress address) => _address = address;

    public string Address => _address.Address;

    // Whether the tables are there is known when they are asked, and then said.
    public bool Exists => true;

    public bool IsKept => true;

    public string? Warning => _address.Warning;

    /// <summary>Reads what stands after the scheme.</summary>
    /// <exception cref="UsageException">It is not of that shape. The message never repeats it: it may hold a password.</exception>
    public static PostgresStore Parse(string rest) => new(ServerAddress.Parse(s_scheme, rest));

    public void AddTo(BillingBuilder billing) => billing.AddPostgresSink(_address.ConnectionString, options => options.CreateSchema = true);

    public IBillingStore Open() => new PostgresSink(_address.ConnectionString);
}
