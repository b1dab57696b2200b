using System.Data.Common;
using MySqlConnector;

namespace Billing.MySql;

/// <summary>MySqlConnector.</summary>
public static class MySqlDriver
{
    /// <summary>A data source for that connection string.</summary>
    public static DbDataSource Open(string connectionString) => new MySqlDataSource(connectionString);

    /// <summary>Closes the connections that wait in pools.</summary>
    public static void ClearPools() => MySqlConnection.ClearAllPools();
}
