using System.Data.Common;
using MySql.Data.MySqlClient;

namespace Billing.MySql;

/// <summary>MySql.Data 8.0.16, which has no data source of its own.</summary>
public static class MySqlDriver
{
    /// <summary>A data source for that connection string.</summary>
    public static DbDataSource Open(string connectionString) => new Source(connectionString);

    /// <summary>Closes the connections that wait in pools.</summary>
    public static void ClearPools() => MySqlConnection.ClearAllPools();

    private sealed class Source(string connectionString) : DbDataSource
    {
        public override string ConnectionString => connectionString;

        protected override DbConnection CreateDbConnection() => new MySqlConnection(connectionString);
    }
}
