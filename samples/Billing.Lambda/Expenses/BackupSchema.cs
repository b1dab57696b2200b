namespace Billing.Lambda.Expenses;

/// <summary>The tables of a backup: the expenses, and two tables that record its progress.</summary>
internal static class BackupSchema
{
    /// <summary>The most bytes of an expense's id: an index takes 3072.</summary>
    public const int LongestExpenseId = 2000;

    /// <summary>The expenses, in the form that another program reads.</summary>
    public const string Expenses = "expenses";

    /// <summary>The backup that last saw an expense, and the record of the expense.</summary>
    public const string Seen = "expenses_seen";

    /// <summary>The backup in progress: no row, or one.</summary>
    public const string State = "expenses_backup";

    private const string AnyText = "utf8mb4_bin";
    private const string Ascii = "ascii_bin";

    /// <summary>All tables.</summary>
    public static IReadOnlyList<BackupTable> Tables { get; } =
    [
        new(Expenses, [new("expense_id", "varbinary(2000)"), new("amount", "decimal(57,28)"), new("description", "longtext", AnyText, IsNullable: true), new("date", "date")]),
        new(Seen, [new("expense_id", "varbinary(2000)"), new("backup", "varchar(32)", Ascii), new("key_hash", "binary(32)")], Index: "backup"),
        new(State, [new("id", "bigint"), new("backup", "varchar(32)", Ascii), new("token", "longtext", AnyText, IsNullable: true), new("all_read", "bigint"), new("records", "bigint")]),
    ];
}
