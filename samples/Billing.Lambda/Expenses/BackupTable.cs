namespace Billing.Lambda.Expenses;

/// <summary>A table of the backup. The first column is its primary key.</summary>
/// <param name="Name">The name.</param>
/// <param name="Columns">The columns that it must have. It may have others, which the backup does not touch.</param>
/// <param name="Index">A column with an index of its own, or null.</param>
internal sealed record BackupTable(string Name, IReadOnlyList<BackupColumn> Columns, string? Index = null)
{
    /// <summary>The statement that creates it.</summary>
    public string Create => $"""
        CREATE TABLE IF NOT EXISTS `{Name}` (
            {string.Join(",\n    ", Columns)},
            PRIMARY KEY (`{Columns[0].Name}`){(Index is null ? "" : $",\n    KEY `{Name}_by_{Index}` (`{Index}`)")}
        ) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
        """;
}
