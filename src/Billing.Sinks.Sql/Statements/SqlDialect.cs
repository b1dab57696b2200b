using System.Data.Common;

namespace Billing.Sinks.Sql;

/// <summary>What tells one SQL server from another: how names, values and types are written, and what only some of them can do.</summary>
internal abstract class SqlDialect
{
    /// <summary>Whether a column of amounts does not keep how many decimals a value has, so that a second one does.</summary>
    public abstract bool KeepsScaleApart { get; }

    /// <summary>A name in quotes.</summary>
    public abstract string Quote(string name);

    /// <summary>Bytes as a literal.</summary>
    public abstract string Literal(RecordKey key);

    /// <inheritdoc cref="Literal(RecordKey)"/>
    public abstract string Literal(Fingerprint fingerprint);

    /// <summary>A text as a parameter; null stays null.</summary>
    public abstract object? Text(string? value);

    /// <summary>JSON in UTF-8 as a parameter; null stays null.</summary>
    public abstract object? Json(byte[]? utf8);

    /// <summary>The text of a column of texts.</summary>
    public abstract string ReadText(DbDataReader reader, int column);

    /// <summary>The text of a column of identifiers.</summary>
    public abstract string ReadIdentifier(DbDataReader reader, int column);

    /// <summary>An amount, from what <see cref="SelectAmount"/> gives.</summary>
    public abstract decimal ReadAmount(DbDataReader reader, int column);

    /// <summary>One expression that has every digit of an amount.</summary>
    public abstract string SelectAmount(string column);

    /// <summary>The bytes of a text in UTF-8.</summary>
    public abstract string SelectUtf8(string expression);

    /// <summary>A column of texts, compared by its bytes.</summary>
    public abstract string Exactly(string expression);

    /// <summary>A condition on a text that party, account, description or source id contains, ASCII letters in any case.</summary>
    public abstract SqlConditions Contains(SqlConditions conditions, string text);

    /// <summary>A condition on a flag that the JSON array <c>flags</c> holds.</summary>
    public abstract SqlConditions HasFlag(SqlConditions conditions, byte[] flagInJsonArray);

    /// <summary>What records are grouped by, as text.</summary>
    public abstract string Group(SummaryBy by);

    /// <summary>Two expressions, as text, whose sum is the exact sum of a column of amounts.</summary>
    public abstract string Sums(string column);

    /// <summary>An update of a table by the rows of another: <paramref name="changes"/> and <paramref name="on"/> name the table <c>r</c> and the rows <c>m</c>.</summary>
    public abstract string UpdateJoin(SqlTable table, string rows, string on, string changes);

    /// <summary>The type of a column, and the collation of a text or null, as the server's catalogue shows them.</summary>
    public abstract (string Type, string? Collation) TypeOf(SqlColumn column);

    /// <summary>A column as <c>CREATE TABLE</c> has it.</summary>
    public abstract string Define(string name, string type, string? collation, bool nullable);

    /// <summary>The statements that create a table, and its indexes, where they are not there.</summary>
    public abstract IReadOnlyList<string> Create(SqlTable table);

    /// <summary>A query of a table's columns by its name: name, type, collation or null, and whether it may be null (<c>YES</c>, <c>NO</c>).</summary>
    public abstract string CatalogSql { get; }

    /// <summary>A query that gives a row where the primary key of a table, by its name, is that column alone.</summary>
    public abstract string PrimaryKeySql { get; }

    /// <summary>A type as the catalogue shows it, without what says nothing about values.</summary>
    public virtual string TypeShown(string type) => type;

    /// <summary>The values of an amount, of which null is one or two nulls.</summary>
    public IEnumerable<object?> Amount(decimal? amount)
    {
        yield return amount?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (KeepsScaleApart)
        {
            yield return (long?)amount?.Scale;
        }
    }
}
