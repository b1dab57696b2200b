namespace Billing.Lambda.Expenses;

/// <summary>A column as a table of the backup must have it: anything else would not hold every value exactly.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type, as the catalogue of the server shows it.</param>
/// <param name="Collation">The collation of a text; null for anything else.</param>
/// <param name="IsNullable">Whether it may be NULL.</param>
internal sealed record BackupColumn(string Name, string Type, string? Collation = null, bool IsNullable = false)
{
    /// <summary>The column as <c>CREATE TABLE</c> defines it.</summary>
    public override string ToString() =>
        $"`{Name}` {Type.ToUpperInvariant()}{(Collation is null ? "" : $" CHARACTER SET {Collation[..Collation.IndexOf('_', StringComparison.Ordinal)]} COLLATE {Collation}")}{(IsNullable ? " NULL" : " NOT NULL")}";
}
