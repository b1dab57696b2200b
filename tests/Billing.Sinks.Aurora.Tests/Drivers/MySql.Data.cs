using System.Data.Common;
using MySql.Data.MySqlClient;

namespace Billing.Sinks.Aurora.Tests.Drivers;

/// <summary>MySql.Data 8.0.16, which has no data source of its own.</summary>
internal static class MySqlDriver
{
    public static DbDataSource Open(string connectionString) => new Source(connectionString);

    /// <summary>Closes the connections that wait in pools.</summary>
    public static void ClearPools() => MySqlConnection.ClearAllPools();

    private sealed class Source(string connectionString) : DbDataSource
    {
        public override string ConnectionString => connectionString;

        protected override DbConnection CreateDbConnection() => new MySqlConnection(connectionString);
    }
}
