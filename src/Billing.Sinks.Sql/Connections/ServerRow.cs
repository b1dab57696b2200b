using System.Data.Common;

namespace Billing.Sinks.Sql.Connections;

/// <summary>The current row of a driver's reader.</summary>
internal sealed class ServerRow(DbDataReader reader, ServerDialect dialect) : SqlRow
{
    public override bool IsNull(int column) => reader.IsDBNull(column);

    public override ReadOnlySpan<byte> Bytes(int column) => IsNull(column) ? [] : reader.GetFieldValue<byte[]>(column);

    public override string Text(int column) => dialect.ReadText(reader, column);

    public override string Identifier(int column) => dialect.ReadIdentifier(reader, column);

    public override long Int64(int column) => reader.GetInt64(column);

    public override DateOnly Date(int column) => reader.GetFieldValue<DateOnly>(column);

    public override decimal Amount(int column) => dialect.ReadAmount(reader, column);
}
