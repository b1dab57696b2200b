namespace Billing.Sinks.Aurora;

/// <summary>A column of a table: its name, its type as MySQL's catalogue shows it, whether it may be null.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type, such as <c>decimal(57,28)</c>.</param>
/// <param name="Collation">The collation of a text, or null.</param>
/// <param name="Nullable">Whether it may be null.</param>
internal sealed record TableColumn(string Name, string Type, string? Collation, bool Nullable)
{
    /// <summary>The column in <c>CREATE TABLE</c>.</summary>
    public string Definition
    {
        get
        {
            string text = Collation is null ? "" : $" CHARACTER SET {Collation[..Collation.IndexOf('_', StringComparison.Ordinal)]} COLLATE {Collation}";
            return $"`{Name}` {Type.ToUpperInvariant()}{text}{(Nullable ? " NULL" : " NOT NULL")}";
        }
    }

    /// <summary>Bytes of one length.</summary>
    public static TableColumn Binary(string name, int bytes) => new(name, $"binary({bytes})", null, false);

    /// <summary>Text that is found and ordered by its bytes: no collation ignores spaces at its end or sorts it otherwise.</summary>
    public static TableColumn Identifier(string name, int bytes, bool nullable = false) => new(name, $"varbinary({bytes})", null, nullable);

    /// <summary>Any Unicode text.</summary>
    public static TableColumn Text(string name, bool nullable = true) => new(name, "longtext", "utf8mb4_bin", nullable);

    /// <summary>ASCII text of a few characters.</summary>
    public static TableColumn Code(string name, int length, bool nullable = false) => new(name, $"varchar({length})", "ascii_bin", nullable);

    /// <summary>An amount: every <see cref="decimal"/> has at most 29 digits before and 28 after the point.</summary>
    public static TableColumn Amount(string name, bool nullable = false) => new(name, "decimal(57,28)", null, nullable);

    /// <summary>The number of decimals of an amount, so that 12.50 does not come back as 12.5.</summary>
    public static TableColumn Scale(string name, bool nullable = false) => new(name, "tinyint unsigned", null, nullable);

    /// <summary>A whole number.</summary>
    public static TableColumn Number(string name) => new(name, "bigint", null, false);

    /// <summary>A date.</summary>
    public static TableColumn Date(string name, bool nullable = false) => new(name, "date", null, nullable);

    /// <summary>Bytes of any length.</summary>
    public static TableColumn Bytes(string name) => new(name, "longblob", null, false);
}
