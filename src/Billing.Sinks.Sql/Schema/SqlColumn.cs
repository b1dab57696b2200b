namespace Billing.Sinks.Sql.Schema;

/// <summary>A column of a table.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The kind.</param>
/// <param name="Length">The length, for types that have one.</param>
/// <param name="Nullable">Whether the column may be null.</param>
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

    /// <summary>The columns of a field of a record.</summary>
    public static IEnumerable<SqlColumn> Of(RecordField field) => field.Kind switch
    {
        FieldKind.Key => [Binary("key_hash", RecordKey.Size)],
        FieldKind.Fingerprint => [Binary(field.Name, Fingerprint.Size)],
        FieldKind.Number => [Number(field.Name)],
        FieldKind.Text or FieldKind.Texts or FieldKind.Attributes => [Text(field.Name)],
        FieldKind.Identifier => [Identifier(field.Name, SqlSchema.LongestRunId)],
        FieldKind.Date => [Date(field.Name)],
        FieldKind.Instant => [Code(field.Name, 33, nullable: true)],
        FieldKind.Money => [Amount(field.Columns[0]), Code(field.Columns[1], 3)],
        FieldKind.Rate => [Code(field.Columns[0], 64, nullable: true), Date(field.Columns[1], nullable: true), Text(field.Columns[2])],
        FieldKind.Source => [Identifier(field.Columns[0], SqlSchema.LongestSource), Number(field.Columns[1]), Number(field.Columns[2])],
        _ => throw new ArgumentOutOfRangeException(nameof(field), field.Kind, "There is no such kind of field."),
    };

    /// <summary>The columns that it is under a dialect: of an amount, sometimes two; and with its name there.</summary>
    public IEnumerable<SqlColumn> Under(SqlDialect dialect) => Type == SqlType.Amount && dialect.KeepsScaleApart
        ? [this, new SqlColumn(Name + "_scale", SqlType.Scale, 0, Nullable)]
        : [this with { Name = dialect.Name(Name) }];
}
