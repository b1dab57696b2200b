using System.Globalization;

namespace Billing.Sinks.Sqlite;

/// <summary>A query as SQL conditions and their parameters, in order. Values are always parameters.</summary>
internal sealed class RecordFilter
{
    private readonly List<string> _conditions = [];
    private readonly List<Action<SqliteStatement>> _parameters = [];

    public RecordFilter(RecordQuery query)
    {
        if (query.From is { } from)
        {
            Add("r.date >= ?", statement => statement.Bind(from));
        }

        if (query.To is { } to)
        {
            Add("r.date <= ?", statement => statement.Bind(to));
        }

        Text("r.party = ?", query.Party);
        Text("coalesce(r.category, '') = ?", query.Category);
        Text("r.currency = ?", query.Currency);
        Text("n.name = ?", query.RunId);
        Text("s.name = ?", query.SourceName);
        Text("r.scope = ?", query.Scope);
        Text("instr(r.flags, ?) > 0", query.Flag is null ? null : JsonText.ElementOf(query.Flag));
        if (query.Line is { } line)
        {
            Add("r.line = ?", statement => statement.Bind(line));
        }

        if (query.Text is { Length: > 0 } text)
        {
            // SQLite's lower() knows ASCII letters only, as the contract says.
            const string contains = "instr(lower({0}), lower(?)) > 0";
            string[] columns = ["r.party", "r.account", "r.description", "r.source_id"];
            Add(
                $"({string.Join(" OR ", columns.Select(column => string.Format(CultureInfo.InvariantCulture, contains, column)))})",
                statement => Array.ForEach(columns, _ => statement.Bind(text)));
        }
        else if (query.Text is not null)
        {
            Add("(r.party IS NOT NULL OR r.account IS NOT NULL OR r.description IS NOT NULL OR r.source_id IS NOT NULL)", _ => { });
        }
    }

    /// <summary>The WHERE clause, or nothing.</summary>
    public string Where => _conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", _conditions);

    /// <summary>One more condition.</summary>
    public void Add(string condition, Action<SqliteStatement> bind)
    {
        _conditions.Add(condition);
        _parameters.Add(bind);
    }

    /// <summary>Binds the parameters, in order.</summary>
    public void Bind(SqliteStatement statement) => _parameters.ForEach(bind => bind(statement));

    private void Text(string condition, string? value)
    {
        if (value is not null)
        {
            Add(condition, statement => statement.Bind(value));
        }
    }
}
