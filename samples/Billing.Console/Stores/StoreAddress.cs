using Billing.Console.Arguments;

namespace Billing.Console.Stores;

/// <summary>The schemes of store addresses: the one place where a further kind of store is added.</summary>
internal static class StoreAddress
{
    private static readonly (string Scheme, string Example, Func<string, IStore?> Create)[] s_schemes =
    [
        ("sqlite", "sqlite:billing.db", path => path.Length > 0 ? new SqliteStore(path) : null),
        ("mysql", "mysql://app@127.0.0.1/billing", rest => new ServerStore(ServerScheme.MySql, rest)),
        ("postgres", "postgres://app@127.0.0.1/billing", rest => new ServerStore(ServerScheme.Postgres, rest)),
        ("dynamodb", "dynamodb:billing?region=eu-west-1", DynamoStore.Parse),
        ("memory", "memory:", rest => rest.Length == 0 ? new MemoryStore() : null),
    ];

    /// <summary>The store at an address; what a user should know of the address goes to the error stream.</summary>
    /// <exception cref="UsageException"><paramref name="address"/> is not one of a known scheme.</exception>
    public static IStore Parse(string address, Terminal terminal)
    {
        IStore store = Parse(address);
        if (store.Warning is { } warning)
        {
            terminal.WriteError("warning: " + warning);
        }

        return store;
    }

    /// <summary>A store that something can be read from.</summary>
    /// <exception cref="UsageException">There is none at <paramref name="address"/>.</exception>
    public static IStore ParseExisting(string address, Terminal terminal)
    {
        IStore store = Parse(address, terminal);
        return !store.IsKept
            ? throw new UsageException($"{store.Address} is empty when a command begins. Name a store with records, such as sqlite:billing.db.")
            : store.Exists
                ? store
                : throw new UsageException($"There is no store at {store.Address}. Ingest into it first, or name another store.");
    }

    /// <exception cref="UsageException"><paramref name="address"/> is not one of a known scheme.</exception>
    public static IStore Parse(string address)
    {
        int colon = address.IndexOf(':', StringComparison.Ordinal);
        string scheme = colon < 0 ? address : address[..colon];
        foreach ((string known, string example, Func<string, IStore?> create) in s_schemes)
        {
            if (known == scheme && colon >= 0)
            {
                return create(address[(colon + 1)..]) ?? throw new UsageException($"'{address}' is not a store. Write it like {example}.");
            }
        }

        string suggestion = Suggestion.For(scheme, s_schemes.Select(pair => pair.Scheme)) is { } near ? $" Did you mean {near}:?"
            : colon < 0 && address.Length > 0 && WithoutSecrets(address, scheme) == address ? $" Did you mean sqlite:{address}?"
            : "";
        throw new UsageException($"'{WithoutSecrets(address, scheme)}' is not a store.{suggestion} Write it like {string.Join(" or ", s_schemes.Select(pair => pair.Example))}.");
    }

    // A mistyped scheme does not make a password less secret.
    private static string WithoutSecrets(string address, string scheme) =>
        address.Contains('@', StringComparison.Ordinal) || address.Contains("pwd", StringComparison.OrdinalIgnoreCase) || address.Contains("password", StringComparison.OrdinalIgnoreCase)
            ? scheme.Length < address.Length ? scheme + ":..." : "..."
            : address;
}
