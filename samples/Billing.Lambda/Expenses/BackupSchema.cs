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

    private const string Engine = "ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

    /// <summary>The tables: the name, the columns with the primary key in capitals, and what creates it.</summary>
    public static IReadOnlyList<(string Name, string Columns, string Create)> Tables { get; } =
    [
        (Expenses, "EXPENSE_ID,amount,description,date", $"""
            CREATE TABLE IF NOT EXISTS `{Expenses}` (
                `expense_id` VARBINARY(2000) NOT NULL,
                `amount` DECIMAL(57,28) NOT NULL,
                `description` LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
                `date` DATE NOT NULL,
                PRIMARY KEY (`expense_id`)
            ) {Engine}
            """),
        (Seen, "EXPENSE_ID,backup,key_hash", $"""
            CREATE TABLE IF NOT EXISTS `{Seen}` (
                `expense_id` VARBINARY(2000) NOT NULL,
                `backup` VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
                `key_hash` BINARY(32) NOT NULL,
                PRIMARY KEY (`expense_id`),
                KEY `{Seen}_by_backup` (`backup`)
            ) {Engine}
            """),
        (State, "ID,backup,token,all_read,records", $"""
            CREATE TABLE IF NOT EXISTS `{State}` (
                `id` BIGINT NOT NULL,
                `backup` VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
                `token` LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
                `all_read` BIGINT NOT NULL,
                `records` BIGINT NOT NULL,
                PRIMARY KEY (`id`)
            ) {Engine}
            """),
    ];
}
