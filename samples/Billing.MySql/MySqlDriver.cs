using System.Data.Common;

namespace Billing.MySql;

/// <summary>The driver that this was built with; both call their connections <c>MySqlConnection</c>.</summary>
public static class MySqlDriver
{
    /// <summary>A data source for that connection string. Those of one string share a pool.</summary>
    public static DbDataSource Open(string connectionString) => new Source(connectionString);

    /// <summary>What a connection string says of TLS to a server on this machine: MySqlConnector sends no file to a server whose certificate it does not check; MySql.Data 8.0.16 reads no PEM files.</summary>
    /// <param name="authority">The PEM file of the authority that signed the server's certificate.</param>
    public static string Encryption(string authority) =>
        typeof(MySqlConnection).Assembly.GetName().Name == "MySqlConnector" ? $"SslMode=VerifyCA;SslCa={authority}" : "SslMode=None";

    /// <summary>Closes the connections that wait in pools.</summary>
    public static void ClearPools() => MySqlConnection.ClearAllPools();

    // MySql.Data 8.0.16 has no data source of its own; that of MySqlConnector has a pool of its own, which only its disposal clears.
    private sealed class Source(string connectionString) : DbDataSource
    {
        public override string ConnectionString => connectionString;

        protected override DbConnection CreateDbConnection() => new MySqlConnection(connectionString);
    }
}
