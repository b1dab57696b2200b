using System.Buffers;
using System.Globalization;
using System.Text;

namespace Billing.Sinks.Aurora;

/// <summary>Conditions that all must hold, with their values as parameters. Texts are compared as bytes: MySQL's collations ignore spaces at the end.</summary>
internal sealed class SqlConditions
{
    private readonly StringBuilder _sql = new();
    private readonly List<object?> _values = [];

    /// <summary>The WHERE clause, or nothing where there are no conditions.</summary>
    public string Where => _sql.ToString();

    /// <summary>The values of the parameters.</summary>
    public IReadOnlyList<object?> Values => _values;

    /// <summary>The conditions of a query of records.</summary>
    public static SqlConditions Of(RecordQuery query) => new SqlConditions()
        .AndDate("date >= {0}", query.From)
        .AndDate("date <= {0}", query.To)
        .AndText("CAST(party AS BINARY) = {0}", query.Party)
        .AndText("CAST(COALESCE(category, '') AS BINARY) = {0}", query.Category)
        .AndText("CAST(currency AS BINARY) = {0}", query.Currency)
        .AndContains(query.Text)
        .AndFlag(query.Flag)
        .AndNumber("line = {0}", query.Line)
        .AndText("run_id = {0}", query.RunId)
        .AndText("source = {0}", query.SourceName)
        .AndText("CAST(scope AS BINARY) = {0}", query.Scope);

    /// <summary>The conditions of a query of the quarantine.</summary>
    public static SqlConditions Of(QuarantineQuery query)
    {
        SqlConditions conditions = new SqlConditions()
            .AndText("CAST(reason AS BINARY) = {0}", query.Reason)
            .AndText("source = {0}", query.SourceName)
            .AndText("run_id = {0}", query.RunId)
            .AndNumber("line = {0}", query.Line);
        if (query.Key is { } key)
        {
            conditions.And("key_hash = {0}", key.ToByteArray());
        }

        return query.IncludeResolved ? conditions : conditions.And("resolved_by_run IS NULL");
    }

    /// <summary>Adds a condition; <c>{0}</c>, <c>{1}</c> and so on stand for the values.</summary>
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

    /// <summary>Adds a condition on a text, unless that is null.</summary>
    public SqlConditions AndText(string condition, string? value) => value switch
    {
        null => this,

        // No stored text has half of a surrogate pair.
        _ when !UnicodeText.IsWellFormed(value) => And("FALSE"),
        _ => And(condition, Encoding.UTF8.GetBytes(value)),
    };

    private SqlConditions AndDate(string condition, DateOnly? value) =>
        value is { } date ? And(condition, date.ToString("O", CultureInfo.InvariantCulture)) : this;

    private SqlConditions AndNumber(string condition, long? value) => value is { } number ? And(condition, number) : this;

    private SqlConditions AndContains(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return this;
        }

        return UnicodeText.IsWellFormed(text)
            ? And("(party REGEXP {0} OR account REGEXP {0} OR description REGEXP {0} OR source_id REGEXP {0})", Pattern(text))
            : And("FALSE");
    }

    // Both columns hold JSON of the same writer, so that equal texts are equal bytes in it.
    private SqlConditions AndFlag(string? flag)
    {
        if (flag is null || !UnicodeText.IsWellFormed(flag))
        {
            return flag is null ? this : And("FALSE");
        }

        ArrayBufferWriter<byte> json = new();
        using (System.Text.Json.Utf8JsonWriter writer = JsonText.NewWriter(json))
        {
            JsonText.Write(writer, [flag]);
        }

        return And("JSON_CONTAINS(flags, CONVERT({0} USING utf8mb4))", json.WrittenSpan.ToArray());
    }

    /// <summary>
    /// A regular expression for a text with ASCII letters in any case. LOWER would change letters beyond ASCII too. It is
    /// itself in ASCII, and the same to MySQL's ICU and MariaDB's PCRE.
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
