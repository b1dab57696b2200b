using System.Globalization;
using Billing.Emulators;
using Billing.Testing.Servers;

namespace Billing.Console.Tests;

/// <summary>The kinds of stores that the command keeps records in; the real servers are started by the first test that asks.</summary>
internal static class StoreKinds
{
    public const string Sqlite = "sqlite";
    public const string MySql = "mysql";
    public const string MySqlByParameters = "mysql by parameters";
    public const string Postgres = "postgres";
    public const string Dynamo = "dynamodb";

    /// <summary>The address of a new, empty store.</summary>
    public static string NewAddress(string kind, string folder) => kind switch
    {
        Sqlite => "sqlite:" + Path.Combine(folder, "billing.db"),
        MySql => NewDatabase(""),
        MySqlByParameters => NewDatabase("AllowLoadLocalInfile=False&"),
        Postgres => NewPostgres(SharedPostgres.NewDatabase()),
        Dynamo => string.Create(CultureInfo.InvariantCulture, $"dynamodb:billing-{Guid.NewGuid():N}?endpoint=http://127.0.0.1:{DynamoDbServer.Shared.Port}"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
    };

    // The database's own user may do all that a store needs.
    private static string NewPostgres(string database) => string.Create(CultureInfo.InvariantCulture, $"postgres://{database}@127.0.0.1:{SharedPostgres.Instance.Port}/{database}");

    private static string NewDatabase(string more) =>
        string.Create(CultureInfo.InvariantCulture, $"mysql://root@127.0.0.1:{SharedMySql.Instance.Port}/{SharedMySql.NewDatabase()}?{more}SSLMode=None");
}
