using System.Globalization;

namespace Billing.Sinks.Sql.Statements;

/// <summary>What tells one SQL engine from another: how names and values are written, and what only some of them can do.</summary>
internal abstract class SqlDialect
{
    /// <summary>Whether a column of amounts loses the number of decimals, so that a second column must hold it.</summary>
    public virtual bool KeepsScaleApart => false;

    /// <summary>Whether writers lock rows, so that who reads a row to change it must lock it, and rows are written in one order. Otherwise writers take turns.</summary>
    public virtual bool LocksRows => true;

    /// <summary>What ends a query of rows that are to be changed.</summary>
    public string ForUpdate => LocksRows ? " FOR UPDATE" : "";

    /// <summary>The maximum length of a run id, in bytes.</summary>
    public virtual int LongestRunId => SqlSchema.LongestRunId;

    /// <summary>The most bytes of a source's name.</summary>
    public virtual int LongestSource => SqlSchema.LongestSource;

    /// <summary>Returns a name in quotes.</summary>
    public abstract string Quote(string name);

    /// <summary>The name of a column that <see cref="SqlSchema"/> calls <paramref name="column"/>.</summary>
    public virtual string Name(string column) => column;

    /// <summary>Returns bytes as a literal.</summary>
    public abstract string Literal(RecordKey key);

    /// <summary>Returns a text as a parameter; null stays null.</summary>
    public abstract object? Text(string? value);

    /// <summary>Returns JSON in UTF-8 as a parameter; null stays null.</summary>
    public abstract object? Json(byte[]? utf8);

    /// <summary>A SHA-256 in hexadecimal digits as a parameter.</summary>
    public virtual object Hex(string digits) => Convert.FromHexString(digits);

    /// <summary>The place of an alert among those of its record as a parameter, or null where the engine numbers rows as they come.</summary>
    public virtual object? Place(int place) => (long)place;

    /// <summary>Returns one expression that has every digit of an amount.</summary>
    public abstract string SelectAmount(string column);

    /// <summary>Returns the bytes of a text in UTF-8.</summary>
    public abstract string SelectUtf8(string expression);

    /// <summary>Returns a column of texts that is compared by its bytes.</summary>
    public virtual string Exactly(string expression) => expression;

    /// <summary>A condition on a column whose value the records of one source share: run, source or scope. <c>{0}</c> stands for the value.</summary>
    public virtual string OfOrigin(string column) => $"{(column == "scope" ? Exactly(column) : column)} = {{0}}"; // The others are identifiers, and so bytes.

    /// <summary>A condition on rows that stand behind the values <c>{0}</c>, <c>{1}</c> and <c>{2}</c> of three columns, in this order.</summary>
    public virtual string After(string first, string second, string third) =>
        $"{first} >= {{0}} AND ({first} > {{0}} OR {second} > {{1}} OR ({second} = {{1}} AND {third} > {{2}}))";

    /// <summary>Adds the condition that party, account, description or source id contains a text, with ASCII letters in any case.</summary>
    public abstract SqlConditions Contains(SqlConditions conditions, string text);

    /// <summary>Adds the condition that the JSON array <c>flags</c> contains a flag.</summary>
    public abstract SqlConditions HasFlag(SqlConditions conditions, string flag);

    /// <summary>A query that returns a row if a table is there; null where no store is used without all of its tables.</summary>
    public virtual string? Exists(SqlTable table) => null;

    /// <summary>What an insert says so that a row whose key is there changes these columns, where a condition holds; null where the engine cannot, and rows are looked for first.</summary>
    public virtual string? Upsert(SqlTable table, IEnumerable<string> columns, string condition = "") => null;

    /// <summary>Returns the values of an amount; null becomes one null or two.</summary>
    public IEnumerable<object?> Amount(decimal? amount)
    {
        yield return amount?.ToString(CultureInfo.InvariantCulture);
        if (KeepsScaleApart)
        {
            yield return (long?)amount?.Scale;
        }
    }

    /// <summary>What to throw for a way to group that is none.</summary>
    protected internal static ArgumentOutOfRangeException NoGroup(SummaryBy by) => new(nameof(by), by, $"{by} is not a way to group. Use a value of {nameof(SummaryBy)}.");
}
