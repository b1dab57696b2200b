using Billing.Console.Arguments;

namespace Billing.Console.Stores;

/// <summary>The schemes of store addresses: the one place where a further kind of store is added.</summary>
internal static class StoreAddress
{
    private static readonly (string Scheme, string Example, Func<string, IStore?> Create)[] s_schemes =
    [
        ("sqlite", "sqlite:billing.db", path => path.Length > 0 ? new SqliteStore(path) : null),
        ("dynamodb", "dynamodb:billing?region=eu-west-1", DynamoStore.Parse),
        ("memory", "memory:", rest => rest.Length == 0 ? new MemoryStore() : null),
    ];

    /// <exception cref="UsageException"><paramref name="address"/> is not one of a known scheme.</exception>
    public static IStore Parse(string address)
    {
        int colon = address.IndexOf(':', StringComparison.Ordinal);
        string scheme = colon < 0 ? address : address[..colon];
        foreach ((string known, string example, Func<string, IStore?> create) in s_schemes)
        {
            if (known == scheme && colon >= 0)
            {
                return create(address[(colon + 1)..]) ?? throw new UsageException($"'{address}' is no store. Write it like {example}.");
            }
        }

        string suggestion = Suggestion.For(scheme, s_schemes.Select(pair => pair.Scheme)) is { } near ? $" Did you mean {near}:?"
            : colon < 0 && address.Length > 0 ? $" Did you mean sqlite:{address}?"
            : "";
        throw new UsageException($"'{address}' is no store.{suggestion} Write it like {string.Join(" or ", s_schemes.Select(pair => pair.Example))}.");
    }

    /// <summary>A store that something can be read from.</summary>
    /// <exception cref="UsageException">There is none at <paramref name="address"/>.</exception>
    public static IStore ParseExisting(string address)
    {
        IStore store = Parse(address);
        return !store.IsKept
            ? throw new UsageException($"{address} is empty when a command begins. Name a store that was ingested into, such as sqlite:billing.db.")
            : store.Exists
                ? store
                : throw new UsageException($"There is no store at {address}. Ingest into it first, or name another one with --store.");
    }
}
