using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Billing.Sinks.Postgres.Connections;

/// <summary>A connection to PostgreSQL.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection, TimeSpan timeout) : ServerSession(connection, PostgresDialect.Instance, timeout)
{
    // The most that the server accepts in one message.
    private const long LargestMessage = (1L << 30) - 1;

    /// <inheritdoc/>
    public override long MaxPacket => LargestMessage;

    /// <summary>Starts a binary COPY into the columns of a table.</summary>
    public async ValueTask<NpgsqlBinaryImporter> CopyAsync(SqlTable table, CancellationToken cancellationToken)
    {
        NpgsqlBinaryImporter importer = await connection.BeginBinaryImportAsync($"COPY {table.Sql} ({table.ColumnList}) FROM STDIN (FORMAT BINARY)", cancellationToken).ConfigureAwait(false);
        importer.Timeout = TimeSpan.FromSeconds(TimeoutSeconds);
        return importer;
    }

    // As text without a type: the server gives it the type of the column.
    protected override DbParameter Parameter(DbCommand command, string name, object? value) => value switch
    {
        null => new NpgsqlParameter(name, NpgsqlDbType.Unknown) { Value = DBNull.Value },
        string text => new NpgsqlParameter(name, NpgsqlDbType.Unknown) { Value = text },
        _ => new NpgsqlParameter(name, value),
    };
}
