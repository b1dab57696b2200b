using System.Text;

namespace Billing.Sinks.Sqlite;

/// <summary>Conditions that all must hold, with their values as numbered parameters: a statement may have the clause more than once.</summary>
internal sealed class SqlConditions
{
    private readonly StringBuilder _sql = new();
    private readonly List<object> _values = [];

    /// <summary>The WHERE clause, or nothing where there are no conditions.</summary>
    public string Where => _sql.ToString();

    /// <summary>The conditions of a query of records, whose dates are those of <paramref name="dated"/>: the alias of a table.</summary>
    public static SqlConditions Of(RecordQuery query, string dated) => new SqlConditions()
        .And($"{dated}.date >= ?", query.From?.ToString("O", System.Globalization.CultureInfo.InvariantCulture))
        .And($"{dated}.date <= ?", query.To?.ToString("O", System.Globalization.CultureInfo.InvariantCulture))
        .And("r.party = ?", query.Party)
        .And("coalesce(r.category, '') = ?", query.Category)
        .And("r.currency = ?", query.Currency)
        .And("has_text(?, r.party, r.account, r.description, r.source_id)", string.IsNullOrEmpty(query.Text) ? null : query.Text)
        .And("has_flag(?, r.flags)", query.Flag)
        .And("r.line = ?", query.Line)
        .And("r.origin IN (SELECT id FROM origins WHERE run_id = ?)", query.RunId)
        .And("r.origin IN (SELECT id FROM origins WHERE source = ?)", query.SourceName)
        .And("r.origin IN (SELECT id FROM origins WHERE scope = ?)", query.Scope);

    /// <summary>The conditions of a query of the quarantine.</summary>
    public static SqlConditions Of(QuarantineQuery query)
    {
        SqlConditions conditions = new SqlConditions()
            .And("reason = ?", query.Reason)
            .And("source = ?", query.SourceName)
            .And("run_id = ?", query.RunId)
            .And("line = ?", query.Line);
        if (query.Key is { } key)
        {
            conditions.And("key = ?", [key.ToByteArray()]);
        }

        return query.IncludeResolved ? conditions : conditions.And("resolved_by_run IS NULL", []);
    }

    /// <summary>Adds a condition on a text, unless that is null.</summary>
    public SqlConditions And(string condition, string? value) => value is null ? this : And(condition, [value]);

    /// <summary>Adds a condition on a number, unless that is null.</summary>
    public SqlConditions And(string condition, long? value) => value is { } number ? And(condition, [number]) : this;

    /// <summary>Adds a condition; each of its question marks takes the next of <paramref name="values"/>: a text, a number or bytes.</summary>
    public SqlConditions And(string condition, ReadOnlySpan<object> values)
    {
        _sql.Append(_sql.Length == 0 ? "WHERE " : " AND ");
        string[] parts = condition.Split('?');
        for (int i = 0; i < values.Length; i++)
        {
            _values.Add(values[i]);
            _sql.Append(parts[i]).Append('?').Append(_values.Count);
        }

        _sql.Append(parts[^1]);
        return this;
    }

    /// <summary>Binds the values, in order.</summary>
    public void BindTo(SqliteStatement statement)
    {
        for (int i = 0; i < _values.Count; i++)
        {
            switch (_values[i])
            {
                case string text:
                    statement.Bind(i + 1, text);
                    break;
                case long number:
                    statement.Bind(i + 1, number);
                    break;
                case byte[] bytes:
                    statement.BindBlob(i + 1, bytes);
                    break;
                default:
                    throw new InvalidOperationException($"A {_values[i].GetType()} cannot be bound.");
            }
        }
    }
}
