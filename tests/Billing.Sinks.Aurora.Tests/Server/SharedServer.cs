[assembly: AssemblyFixture(typeof(SharedServer))]

namespace Billing.Sinks.Aurora.Tests.Server;

/// <summary>The server that most tests use, each with a database of its own; started by the first that asks.</summary>
public sealed class SharedServer : IDisposable
{
    private static readonly Lazy<MariaDbServer> s_server = new(() => MariaDbServer.Start());
    private static int s_databases;

    public static MariaDbServer Instance => s_server.Value;

    /// <summary>Creates a database.</summary>
    public static string NewDatabase()
    {
        string name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref s_databases)}");
        Instance.Execute($"CREATE DATABASE {name} CHARACTER SET latin1");
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
