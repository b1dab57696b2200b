using System.Data.Common;
using MySqlConnector;

namespace Billing.Sinks.Aurora.Tests.Drivers;

/// <summary>MySqlConnector.</summary>
internal static class MySqlDriver
{
    public static DbDataSource Open(string connectionString) => new MySqlDataSource(connectionString);

    /// <summary>Closes the connections that wait in pools.</summary>
    public static void ClearPools() => MySqlConnection.ClearAllPools();
}
