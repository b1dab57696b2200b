namespace Billing.Sinks.Sql;

/// <summary>A column of a table.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The kind.</param>
/// <param name="Length">The length, of kinds that have one.</param>
/// <param name="Nullable">Whether it may be null.</param>
internal sealed record SqlColumn(string Name, SqlType Type, int Length, bool Nullable)
{
    public static SqlColumn Binary(string name, int bytes) => new(name, SqlType.Binary, bytes, false);

    public static SqlColumn Identifier(string name, int bytes, bool nullable = false) => new(name, SqlType.Identifier, bytes, nullable);

    public static SqlColumn Text(string name, bool nullable = true) => new(name, SqlType.Text, 0, nullable);

    public static SqlColumn Code(string name, int length, bool nullable = false) => new(name, SqlType.Code, length, nullable);

    public static SqlColumn Amount(string name, bool nullable = false) => new(name, SqlType.Amount, 0, nullable);

    public static SqlColumn Value(string name) => new(name, SqlType.Value, 0, false);

    public static SqlColumn Number(string name) => new(name, SqlType.Number, 0, false);

    public static SqlColumn Date(string name, bool nullable = false) => new(name, SqlType.Date, 0, nullable);

    public static SqlColumn Bytes(string name) => new(name, SqlType.Bytes, 0, false);

    /// <summary>The columns that it is under a dialect: of an amount, sometimes two.</summary>
    public IEnumerable<SqlColumn> Under(SqlDialect dialect) => Type == SqlType.Amount && dialect.KeepsScaleApart
        ? [this, new SqlColumn(Name + "_scale", SqlType.Scale, 0, Nullable)]
        : [this];
}
