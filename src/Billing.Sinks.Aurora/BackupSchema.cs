namespace Billing.Sinks.Aurora;

/// <summary>The tables of a backup: the expenses, and two that say how far it is.</summary>
internal sealed class BackupSchema(string prefix)
{
    // An index takes 3072 bytes.
    private const int LongestId = 2000;

    /// <summary>The most bytes of an expense's id.</summary>
    public const int LongestExpenseId = LongestId;

    /// <summary>The expenses, as another program reads them.</summary>
    public SqlTable Expenses { get; } = new(
        AuroraDialect.Instance,
        prefix + "expenses",
        [SqlColumn.Identifier("expense_id", LongestId), SqlColumn.Value("amount"), SqlColumn.Text("description"), SqlColumn.Date("date")]);

    /// <summary>Which backup met an expense last, and of which record it is.</summary>
    public SqlTable Seen { get; } = new(
        AuroraDialect.Instance,
        prefix + "expenses_seen",
        [SqlColumn.Identifier("expense_id", LongestId), SqlColumn.Code("backup", 32), SqlColumn.Binary("key_hash", RecordKey.Size)],
        ("_by_backup", ["backup"]));

    /// <summary>The backup that is under way: none, or one row.</summary>
    public SqlTable State { get; } = new(
        AuroraDialect.Instance,
        prefix + "expenses_backup",
        [SqlColumn.Number("id"), SqlColumn.Code("backup", 32), SqlColumn.Text("token"), SqlColumn.Number("all_read"), SqlColumn.Number("records")]);

    /// <summary>All of them.</summary>
    public IReadOnlyList<SqlTable> Tables => [Expenses, Seen, State];
}
