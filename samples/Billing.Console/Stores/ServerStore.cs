namespace Billing.Console.Stores;

/// <summary>A database on an SQL server.</summary>
internal sealed class ServerStore : IStore
{
    private readonly ServerScheme _scheme;
    private readonly ServerAddress _address;

    /// <param name="scheme">The kind of server.</param>
    /// <param name="rest">What stands after the scheme.</param>
    /// <exception cref="UsageException">It is not of that shape. The message never repeats it: it may hold a password.</exception>
    public ServerStore(ServerScheme scheme, string rest)
    {
        _scheme = scheme;
        _address = ServerAddress.Parse(scheme, rest);
    }

    public string Address => _address.Address;

    // Whether the tables are there is known when they are asked, and then said.
    public bool Exists => true;

    public bool IsKept => true;

    public string? Warning => _address.Warning;

    public void AddTo(BillingBuilder billing) => _scheme.AddTo(billing, _address.ConnectionString);

    public IBillingStore Open() => _scheme.Open(_address.ConnectionString);
}
