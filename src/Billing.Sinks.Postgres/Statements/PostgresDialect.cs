using System.Data.Common;
using System.Globalization;
using System.Text;

namespace Billing.Sinks.Postgres.Statements;

/// <summary>The dialect of PostgreSQL. Texts have the collation <c>C</c>, so they are compared and ordered by their bytes. Amounts are <c>numeric</c>, which keeps every decimal.</summary>
internal sealed class PostgresDialect : ServerDialect
{
    // A text in PostgreSQL cannot hold U+0000. It is written as these two characters, and the first of them as another two, so that every other text stays unchanged.
    private const char Escape = '\u001A';
    private const char EscapedNul = '0';
    private const char EscapedEscape = '1';

    private PostgresDialect()
    {
    }

    public static PostgresDialect Instance { get; } = new();

    public override string CatalogSql => """
        SELECT a.attname, format_type(a.atttypid, a.atttypmod), c.collname, CASE WHEN a.attnotnull THEN 'NO' ELSE 'YES' END
        FROM pg_attribute AS a LEFT JOIN pg_collation AS c ON c.oid = a.attcollation AND a.attcollation <> 0
        WHERE a.attrelid = to_regclass(quote_ident(@p0)) AND a.attnum > 0 AND NOT a.attisdropped
        """;

    public override string PrimaryKeySql => """
        SELECT 1 FROM pg_index AS i JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
        WHERE i.indrelid = to_regclass(quote_ident(@p0)) AND i.indisprimary AND i.indnatts = 1 AND a.attname = @p1
        """;

    public override string Quote(string name) => $"\"{name}\"";

    public override string Literal(RecordKey key) => $"decode('{key}', 'hex')";

    public override string Literal(Fingerprint fingerprint) => $"decode('{fingerprint}', 'hex')";

    public override object? Text(string? value) => value is null ? null : Escaped(value);

    public override object? Json(byte[]? utf8) => utf8 is null ? null : Encoding.UTF8.GetString(utf8);

    public override string ReadText(DbDataReader reader, int column) => Unescaped(reader.GetString(column));

    public override string ReadIdentifier(DbDataReader reader, int column) => ReadText(reader, column);

    public override string SelectAmount(string column) => $"{column}::text";

    public override decimal ReadAmount(DbDataReader reader, int column) =>
        decimal.Parse(reader.GetString(column), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    public override string SelectUtf8(string expression) => $"convert_to({expression}, 'UTF8')";

    public override SqlConditions Contains(SqlConditions conditions, string text)
    {
        // If the text has neither of the two characters, it must not match the second character of an escape.
        bool isPlain = !text.AsSpan().ContainsAny('\0', Escape);
        string[] columns = ["party", "account", "description", "source_id"];
        string any = string.Join(" OR ", columns.Select(column => $"strpos({Lower(isPlain ? WithoutEscapes(column) : column)}, {{0}}) > 0"));
        return conditions.And($"({any})", Escaped(string.Create(text.Length, text, static (lower, from) =>
        {
            for (int i = 0; i < from.Length; i++)
            {
                lower[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] | 0x20) : from[i];
            }
        })));
    }

    // Inside quotes a quote is always escaped, so a comma and a quote always start an element.
    public override SqlConditions HasFlag(SqlConditions conditions, string flag) =>
        conditions.And("strpos(',' || substr(flags, 2, length(flags) - 2) || ',', {0}) > 0", $",{Encoding.UTF8.GetString(JsonText.ToBytes([flag])!)[1..^1]},");

    public override string Group(SummaryBy by) => by switch
    {
        SummaryBy.Month => "to_char(date, 'YYYY-MM')",
        SummaryBy.Category => "COALESCE(category, '')",
        SummaryBy.Party => "COALESCE(party, '')",
        SummaryBy.Currency => "currency",
        SummaryBy.Day => "to_char(date, 'YYYY-MM-DD')",

        // To the minute: a fraction of a second would be rounded, and could carry over.
        SummaryBy.Minute => "COALESCE(to_char((substr(instant, 1, 16) || right(instant, 6))::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI\"Z\"'), '')",
        _ => throw NoGroup(by),
    };

    public override string Number(string parameter) => $"{parameter}::numeric";

    public override string Sums(string column) => $"SUM({column})::text, '0'";

    public override string UpdateJoin(SqlTable table, string rows, string on, string changes) => $"UPDATE {table.Sql} AS r SET {changes} FROM ({rows}) AS m WHERE {on}";

    public override (string Type, string? Collation) TypeOf(SqlColumn column) => column.Type switch
    {
        SqlType.Binary or SqlType.Bytes => ("bytea", null),
        SqlType.Identifier or SqlType.Text or SqlType.Code => ("text", "C"),
        SqlType.Amount or SqlType.Value => ("numeric", null),
        SqlType.Number => ("bigint", null),
        SqlType.Date => ("date", null),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.Type, "This column type does not exist."),
    };

    public override string Define(string name, string type, string? collation, bool nullable) =>
        $"\"{name}\" {type}{(collation is null ? "" : $" COLLATE \"{collation}\"")}{(nullable ? "" : " NOT NULL")}";

    public override IReadOnlyList<string> Create(SqlTable table) =>
    [
        $"CREATE TABLE IF NOT EXISTS {table.Sql} (\n    {string.Join(",\n    ", table.Columns.Select(Definition).Append($"PRIMARY KEY ({Quote(table.Columns[0].Name)})"))}\n)",
        .. table.Indexes.Select(index => $"CREATE INDEX IF NOT EXISTS {Quote(index.Name)} ON {table.Sql} ({string.Join(", ", index.Columns.Select(Quote))})"),
    ];

    /// <summary>Returns the stored form of a text.</summary>
    public static string Escaped(string text) => text.AsSpan().ContainsAny('\0', Escape)
        ? text.Replace($"{Escape}", $"{Escape}{EscapedEscape}", StringComparison.Ordinal).Replace("\0", $"{Escape}{EscapedNul}", StringComparison.Ordinal)
        : text;

    private static string Unescaped(string text) => text.Contains(Escape, StringComparison.Ordinal)
        ? text.Replace($"{Escape}{EscapedNul}", "\0", StringComparison.Ordinal).Replace($"{Escape}{EscapedEscape}", $"{Escape}", StringComparison.Ordinal)
        : text;

    private static string WithoutEscapes(string column) => $"replace(replace({column}, E'\\x1A{EscapedNul}', E'\\x1A'), E'\\x1A{EscapedEscape}', E'\\x1A')";

    // Only ASCII letters, whatever the locale of the database.
    private static string Lower(string expression) => $"translate({expression}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')";
}
