using System.Data.Common;

namespace Billing.Sinks.Sql.Statements;

/// <summary>A dialect of a server, whose tables are all made alike: types, catalogue, and how its driver gives values.</summary>
internal abstract class ServerDialect : SqlDialect
{
    /// <summary>Returns bytes as a literal.</summary>
    public abstract string Literal(Fingerprint fingerprint);

    /// <summary>Returns the text of a column of texts.</summary>
    public abstract string ReadText(DbDataReader reader, int column);

    /// <summary>Returns the text of a column of identifiers.</summary>
    public abstract string ReadIdentifier(DbDataReader reader, int column);

    /// <summary>An amount, from what <see cref="SqlDialect.SelectAmount"/> gives.</summary>
    public abstract decimal ReadAmount(DbDataReader reader, int column);

    /// <summary>Returns the expression by which records are grouped, as text.</summary>
    public abstract string Group(SummaryBy by);

    /// <summary>A text, or a parameter with one, as rows are ordered by it: by its bytes, at least by the first 1,000.</summary>
    public virtual string Sorted(string expression) => Exactly(expression);

    /// <summary>A parameter with an amount in text, as a number to compare a column of amounts with.</summary>
    public abstract string Number(string parameter);

    /// <summary>Returns two expressions, as text, whose sum is the exact sum of a column of amounts.</summary>
    public abstract string Sums(string column);

    /// <summary>Returns an update of a table with the rows of another: <paramref name="changes"/> and <paramref name="on"/> call the table <c>r</c> and the rows <c>m</c>.</summary>
    public abstract string UpdateJoin(SqlTable table, string rows, string on, string changes);

    /// <summary>Returns the type of a column, and the collation of a text or null, as the server's catalogue shows them.</summary>
    public abstract (string Type, string? Collation) TypeOf(SqlColumn column);

    /// <summary>A column of that type as <c>CREATE TABLE</c> has it.</summary>
    public abstract string Define(string name, string type, string? collation, bool nullable);

    /// <summary>Returns the statements that create a table and its indexes, if they do not exist.</summary>
    public abstract IReadOnlyList<string> Create(SqlTable table);

    /// <summary>A query for the columns of a table, by its name: name, type, collation or null, and whether it may be null (<c>YES</c>, <c>NO</c>).</summary>
    public abstract string CatalogSql { get; }

    /// <summary>A query that returns a row if the primary key of a table, by its name, is this column alone.</summary>
    public abstract string PrimaryKeySql { get; }

    /// <summary>Returns a type as the catalogue shows it, without the parts that have no effect on values.</summary>
    public virtual string TypeShown(string type) => type;

    /// <summary>Returns a column as <c>CREATE TABLE</c> defines it.</summary>
    public string Definition(SqlColumn column)
    {
        (string type, string? collation) = TypeOf(column);
        return Define(column.Name, type, collation, column.Nullable);
    }
}
