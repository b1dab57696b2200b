using Billing.Sinks.Aurora;
using MySqlConnector;

namespace Billing.Console.Stores;

/// <summary>A MySQL database (<see cref="ServerAddress"/>).</summary>
internal sealed class MySqlStore : IStore
{
    /// <summary>The environment variable that holds the password.</summary>
    public const string PasswordVariable = "BILLING_MYSQL_PASSWORD";

    private static readonly ServerScheme s_scheme = new("mysql", "MySQL", "MySqlConnector", PasswordVariable, "Server", "User ID", text => new MySqlConnectionStringBuilder(text));

    private readonly ServerAddress _address;

    private MySqlStore(ServerAddress address) => _address = address;

    public string Address => _address.Address;

    // Whether the tables are there is known when they are asked, and then said.
    public bool Exists => true;

    public bool IsKept => true;

    public string? Warning => _address.Warning;

    /// <summary>Reads what stands after the scheme.</summary>
    /// <exception cref="UsageException">It is not of that shape. The message never repeats it: it may hold a password.</exception>
    public static MySqlStore Parse(string rest) => new(ServerAddress.Parse(s_scheme, rest));

    public void AddTo(BillingBuilder billing) => billing.AddAuroraSink(_address.ConnectionString, options => options.CreateSchema = true);

    public IBillingStore Open() => new AuroraSink(_address.ConnectionString);
}
