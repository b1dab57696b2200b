using System.Text;

namespace Billing.Sinks.Sqlite.Statements;

/// <summary>SQLite. Amounts, dates and instants are texts; texts are compared by their bytes; writers take turns.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    private SqliteDialect()
    {
    }

    public static SqliteDialect Instance { get; } = new();

    public override bool LocksRows => false;

    public override int LongestRunId => int.MaxValue;

    public override int LongestSource => int.MaxValue;

    // Names of this package, none of which needs quotes.
    public override string Quote(string name) => name;

    public override string Name(string column) => column switch
    {
        "key_hash" => "key",
        "alert_id" => "alert",
        "position" => "id",
        "receipt_id" => "receipt",
        "receipt_date" => "date",
        "field_separator" => "separator",
        _ => column,
    };

    public override string Literal(RecordKey key) => $"x'{key}'";

    public override object? Text(string? value) => value;

    public override object? Json(byte[]? utf8) => utf8 is null ? null : Encoding.UTF8.GetString(utf8);

    public override object Hex(string digits) => digits;

    public override object? Place(int place) => null;

    public override string SelectAmount(string column) => column;

    public override string SelectUtf8(string expression) => expression;

    public override string OfOrigin(string column) => $"r.origin IN (SELECT id FROM origins WHERE {column} = {{0}})";

    // Found by an index of the three, however many rows share the first.
    public override string After(string first, string second, string third) => $"({first}, {second}, {third}) > ({{0}}, {{1}}, {{2}})";

    public override SqlConditions Contains(SqlConditions conditions, string text) => conditions.And("has_text({0}, party, account, description, source_id)", text);

    public override SqlConditions HasFlag(SqlConditions conditions, string flag) => conditions.And("has_flag({0}, flags)", flag);

    public override string? Exists(SqlTable table) => $"SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '{table.Name}'";

    public override string? Upsert(SqlTable table, IEnumerable<string> columns, string condition = "") =>
        $" ON CONFLICT ({table.Columns[0].Name}) DO UPDATE SET {string.Join(", ", columns.Select(column => $"{column} = excluded.{column}"))}{(condition.Length == 0 ? "" : " WHERE " + condition)}";
}
