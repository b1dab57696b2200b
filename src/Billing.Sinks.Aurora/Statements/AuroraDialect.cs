using System.Data.Common;
using System.Globalization;
using System.Text;

namespace Billing.Sinks.Aurora.Statements;

/// <summary>The dialect of MySQL and MariaDB. Texts are sent as bytes in UTF-8, so that no driver and no character set of a connection changes them on the way to a column.</summary>
internal sealed class AuroraDialect : ServerDialect
{
    private const int StoredScale = 28;

    private AuroraDialect()
    {
    }

    public static AuroraDialect Instance { get; } = new();

    public override bool KeepsScaleApart => true;

    public override string CatalogSql => "SELECT column_name, column_type, collation_name, is_nullable FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = @p0";

    public override string PrimaryKeySql => """
        SELECT 1 FROM information_schema.statistics
        WHERE table_schema = DATABASE() AND table_name = @p0 AND index_name = 'PRIMARY'
        GROUP BY index_name HAVING COUNT(*) = 1 AND MAX(column_name) = @p1 AND MAX(sub_part) IS NULL
        """;

    public override string Quote(string name) => $"`{name}`";

    public override string Literal(RecordKey key) => $"X'{key}'";

    public override string Literal(Fingerprint fingerprint) => $"X'{fingerprint}'";

    public override object? Text(string? value) => value is null ? null : Encoding.UTF8.GetBytes(value);

    public override object? Json(byte[]? utf8) => utf8;

    public override string ReadText(DbDataReader reader, int column) => reader.GetString(column);

    public override string ReadIdentifier(DbDataReader reader, int column) => Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(column));

    public override string SelectAmount(string column) => $"CONCAT({column}_scale, ':', {column})";

    // The scale, followed by the value with 28 decimals.
    public override decimal ReadAmount(DbDataReader reader, int column)
    {
        ReadOnlySpan<char> text = reader.GetString(column);
        int colon = text.IndexOf(':');
        int surplus = StoredScale - int.Parse(text[..colon], NumberStyles.None, CultureInfo.InvariantCulture);
        return decimal.Parse(text[(colon + 1)..^(surplus == StoredScale ? StoredScale + 1 : surplus)], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
    }

    public override string SelectUtf8(string expression) => $"CAST({expression} AS BINARY)";

    // Collations ignore trailing spaces.
    public override string Exactly(string expression) => $"CAST({expression} AS BINARY)";

    public override SqlConditions Contains(SqlConditions conditions, string text) =>
        conditions.And("(party REGEXP {0} OR account REGEXP {0} OR description REGEXP {0} OR source_id REGEXP {0})", Pattern(text));

    public override SqlConditions HasFlag(SqlConditions conditions, string flag) =>
        conditions.And("JSON_CONTAINS(flags, CONVERT({0} USING utf8mb4))", JsonText.ToBytes([flag]));

    public override string Group(SummaryBy by) => by switch
    {
        SummaryBy.Month => "DATE_FORMAT(date, '%Y-%m')",
        SummaryBy.Category => "COALESCE(category, '')",
        SummaryBy.Party => "COALESCE(party, '')",
        SummaryBy.Currency => "currency",
        SummaryBy.Day => "DATE_FORMAT(date, '%Y-%m-%d')",

        // CONVERT_TZ fails for instants outside the range of a TIMESTAMP. An instant ends with its offset, such as +05:45.
        SummaryBy.Minute => "COALESCE(DATE_FORMAT(CAST(SUBSTR(instant, 1, 16) AS DATETIME) - INTERVAL CONCAT(SUBSTR(instant, -6, 1), SUBSTR(instant, -5, 2) * 60 + SUBSTR(instant, -2)) MINUTE, '%Y-%m-%dT%H:%iZ'), '')",
        _ => throw NoGroup(by),
    };

    // A sort looks at the first 1,024 bytes of a text (max_sort_length): a page must not go by more than its order does.
    public override string Sorted(string expression) => $"LEFT({Exactly(expression)}, 1000)";

    // A text is compared with a DECIMAL as binary floating point.
    public override string Number(string parameter) => $"CAST({parameter} AS DECIMAL(57,28))";

    // A DECIMAL holds 65 digits. Whole parts and fractions are added up separately, so that neither sum can overflow:
    // that would take 10^22 rows.
    public override string Sums(string column) => $"CAST(SUM(TRUNCATE({column}, 0)) AS CHAR), CAST(SUM({column} - TRUNCATE({column}, 0)) AS CHAR)";

    public override string UpdateJoin(SqlTable table, string rows, string on, string changes) => $"UPDATE {table.Sql} AS r JOIN ({rows}) AS m ON {on} SET {changes}";

    public override (string Type, string? Collation) TypeOf(SqlColumn column) => column.Type switch
    {
        SqlType.Binary => ($"binary({column.Length})", null),
        SqlType.Identifier => ($"varbinary({column.Length})", null),
        SqlType.Text => ("longtext", "utf8mb4_bin"),
        SqlType.Code => ($"varchar({column.Length})", "ascii_bin"),
        SqlType.Amount or SqlType.Value => ("decimal(57,28)", null),
        SqlType.Scale => ("tinyint unsigned", null),
        SqlType.Number => ("bigint", null),
        SqlType.Date => ("date", null),
        SqlType.Bytes => ("longblob", null),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.Type, "This column type does not exist."),
    };

    public override string Define(string name, string type, string? collation, bool nullable)
    {
        string text = collation is null ? "" : $" CHARACTER SET {collation[..collation.IndexOf('_', StringComparison.Ordinal)]} COLLATE {collation}";
        return $"`{name}` {type.ToUpperInvariant()}{text}{(nullable ? " NULL" : " NOT NULL")}";
    }

    public override IReadOnlyList<string> Create(SqlTable table)
    {
        IEnumerable<string> keys = table.Indexes.Select(index => $"KEY `{index.Name}` ({string.Join(", ", index.Columns.Select(Quote))})");
        IEnumerable<string> lines = table.Columns.Select(Definition).Append($"PRIMARY KEY ({Quote(table.Columns[0].Name)})").Concat(keys);
        return [$"CREATE TABLE IF NOT EXISTS {table.Sql} (\n    {string.Join(",\n    ", lines)}\n) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"];
    }

    // MariaDB shows bigint(20) where MySQL 8 shows bigint. The display width has no effect on values.
    public override string TypeShown(string type)
    {
        int open = type.IndexOf('(', StringComparison.Ordinal);
        return open > 0 && type[..open].EndsWith("int", StringComparison.Ordinal) ? type[..open] + type[(type.IndexOf(')', StringComparison.Ordinal) + 1)..] : type;
    }

    /// <summary>
    /// A regular expression that finds a text with ASCII letters in any case. LOWER would change letters outside ASCII too. The
    /// expression itself is ASCII, and means the same to MySQL's ICU and MariaDB's PCRE.
    /// </summary>
    private static string Pattern(string text)
    {
        StringBuilder pattern = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && char.IsAsciiLetter((char)rune.Value))
            {
                pattern.Append('[').Append(char.ToLowerInvariant((char)rune.Value)).Append(char.ToUpperInvariant((char)rune.Value)).Append(']');
            }
            else
            {
                pattern.Append(CultureInfo.InvariantCulture, $"\\x{{{rune.Value:X}}}");
            }
        }

        return pattern.ToString();
    }
}
