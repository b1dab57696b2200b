using System.Globalization;

namespace Billing.Testing.Servers;

/// <summary>The PostgreSQL server that most tests of a project use, each with a database of its own; started by the first that asks, ended as the fixture of the assembly.</summary>
public sealed class SharedPostgres : IDisposable
{
    private static readonly Lazy<PostgresServer> s_server = new(PostgresServer.Start);
    private static int s_databases;

    public static PostgresServer Instance => s_server.Value;

    /// <summary>Creates a database, and its user.</summary>
    public static string NewDatabase()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref s_databases)}");
        Instance.CreateDatabase(name);
        return name;
    }

    public void Dispose()
    {
        if (s_server.IsValueCreated)
        {
            s_server.Value.Dispose();
        }
    }
}
