namespace Billing.Testing.Servers;

/// <summary>The server that most tests of a project use, each with a database of its own; started by the first that asks, ended as the fixture of the assembly.</summary>
public sealed class SharedMariaDb : IDisposable
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
