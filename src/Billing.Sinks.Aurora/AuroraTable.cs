namespace Billing.Sinks.Aurora;

/// <summary>A table of the ledger.</summary>
/// <param name="Name">Its name, with the prefix.</param>
/// <param name="Columns">Its columns, in order.</param>
/// <param name="Keys">Its keys, as <c>CREATE TABLE</c> takes them.</param>
internal sealed record AuroraTable(string Name, IReadOnlyList<TableColumn> Columns, IReadOnlyList<string> Keys)
{
    /// <summary>The statement that creates it where it is not there.</summary>
    public string Create { get; } =
        $"CREATE TABLE IF NOT EXISTS `{Name}` (\n    {string.Join(",\n    ", Columns.Select(column => column.Definition).Concat(Keys))}\n) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

    /// <summary>The names of the columns, in order, as SQL lists them.</summary>
    public string ColumnList { get; } = string.Join(", ", Columns.Select(column => $"`{column.Name}`"));
}
