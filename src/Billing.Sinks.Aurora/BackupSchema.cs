namespace Billing.Sinks.Aurora;

/// <summary>The tables of a backup: the expenses, and two that say how far it is.</summary>
internal sealed class BackupSchema(string prefix)
{
    // An index takes 3072 bytes.
    private const int LongestId = 2000;

    /// <summary>The most bytes of an expense's id.</summary>
    public const int LongestExpenseId = LongestId;

    /// <summary>The expenses, as another program reads them.</summary>
    public AuroraTable Expenses { get; } = new(
        prefix + "expenses",
        [TableColumn.Identifier("expense_id", LongestId), TableColumn.Amount("amount"), TableColumn.Text("description"), TableColumn.Date("date")],
        ["PRIMARY KEY (`expense_id`)"]);

    /// <summary>Which backup met an expense last, and of which record it is.</summary>
    public AuroraTable Seen { get; } = new(
        prefix + "expenses_seen",
        [TableColumn.Identifier("expense_id", LongestId), TableColumn.Code("backup", 32), TableColumn.Binary("key_hash", RecordKey.Size)],
        ["PRIMARY KEY (`expense_id`)", $"KEY `{prefix}expenses_seen_by_backup` (`backup`)"]);

    /// <summary>The backup that is under way: none, or one row.</summary>
    public AuroraTable State { get; } = new(
        prefix + "expenses_backup",
        [TableColumn.Number("id"), TableColumn.Code("backup", 32), TableColumn.Text("token"), TableColumn.Number("all_read"), TableColumn.Number("records")],
        ["PRIMARY KEY (`id`)"]);

    /// <summary>All of them.</summary>
    public IReadOnlyList<AuroraTable> Tables => [Expenses, Seen, State];
}
