using System.Globalization;
using System.Text;

namespace Billing.Sinks.Sql.Statements;

/// <summary>Conditions that must all hold, with their values as parameters. Texts are compared by their bytes.</summary>
internal sealed class SqlConditions(SqlDialect dialect)
{
    private const string Never = "FALSE";

    private readonly StringBuilder _sql = new();
    private readonly List<object?> _values = [];

    /// <summary>The WHERE clause, or an empty text if there are no conditions.</summary>
    public string Where => _sql.ToString();

    /// <summary>The values of the parameters.</summary>
    public IReadOnlyList<object?> Values => _values;

    /// <summary>The conditions of a query of records, whose dates are in <paramref name="date"/>.</summary>
    public static SqlConditions Of(RecordQuery query, SqlDialect dialect, string date = "date") => new SqlConditions(dialect).And(query, date);

    /// <summary>Returns the conditions of a query of the quarantine.</summary>
    public static SqlConditions Of(QuarantineQuery query, SqlDialect dialect)
    {
        SqlConditions conditions = new SqlConditions(dialect)
            .AndText($"{dialect.Exactly("reason")} = {{0}}", query.Reason)
            .AndText("source = {0}", query.SourceName)
            .AndText("run_id = {0}", query.RunId)
            .AndNumber("line = {0}", query.Line);
        if (query.Key is { } key)
        {
            conditions.And($"{dialect.Name("key_hash")} = {{0}}", key.ToByteArray());
        }

        return query.IncludeResolved ? conditions : conditions.And("resolved_by_run IS NULL");
    }

    /// <summary>Adds the conditions of a query of records, whose dates are in <paramref name="date"/>.</summary>
    public SqlConditions And(RecordQuery query, string date) => this
        .AndDate($"{date} >= {{0}}", query.From)
        .AndDate($"{date} <= {{0}}", query.To)
        .AndText($"{dialect.Exactly("party")} = {{0}}", query.Party)
        .AndText($"{dialect.Exactly("COALESCE(category, '')")} = {{0}}", query.Category)
        .AndText($"{dialect.Exactly("currency")} = {{0}}", query.Currency)
        .AndContains(query.Text)
        .AndFlag(query.Flag)
        .AndNumber("line = {0}", query.Line)
        .AndText(dialect.OfOrigin("run_id"), query.RunId)
        .AndText(dialect.OfOrigin("source"), query.SourceName)
        .AndText(dialect.OfOrigin("scope"), query.Scope);

    /// <summary>Adds a condition, in which <c>{0}</c>, <c>{1}</c> and so on stand for the values.</summary>
    public SqlConditions And(string condition, params ReadOnlySpan<object?> values)
    {
        _sql.Append(_sql.Length == 0 ? "WHERE " : " AND ");
        StringBuilder sql = new(condition);
        for (int i = 0; i < values.Length; i++)
        {
            sql.Replace(string.Create(CultureInfo.InvariantCulture, $"{{{i}}}"), ParameterNames.Of(_values.Count));
            _values.Add(values[i]);
        }

        _sql.Append(sql);
        return this;
    }

    /// <summary>Adds a condition on a text, unless the text is null.</summary>
    public SqlConditions AndText(string condition, string? value) => value switch
    {
        null => this,

        // No stored text contains half of a surrogate pair.
        _ when !UnicodeText.IsWellFormed(value) => And(Never),
        _ => And(condition, dialect.Text(value)),
    };

    private SqlConditions AndDate(string condition, DateOnly? value) =>
        value is { } date ? And(condition, date.ToString("O", CultureInfo.InvariantCulture)) : this;

    private SqlConditions AndNumber(string condition, long? value) => value is { } number ? And(condition, number) : this;

    private SqlConditions AndContains(string? text) => text switch
    {
        null or "" => this,
        _ when !UnicodeText.IsWellFormed(text) => And(Never),
        _ => dialect.Contains(this, text),
    };

    private SqlConditions AndFlag(string? flag) => flag switch
    {
        null => this,
        _ when !UnicodeText.IsWellFormed(flag) => And(Never),
        _ => dialect.HasFlag(this, flag),
    };
}
