namespace Billing.Sinks.Sql.Schema;

/// <summary>A table of the store. Its first column is its primary key.</summary>
internal sealed class SqlTable
{
    /// <param name="dialect">The dialect.</param>
    /// <param name="name">The name, with the prefix.</param>
    /// <param name="columns">The columns, in order.</param>
    /// <param name="indexes">The end of the name of each index, and its columns.</param>
    public SqlTable(SqlDialect dialect, string name, IEnumerable<SqlColumn> columns, params IReadOnlyList<(string Name, string[] Columns)> indexes)
    {
        Dialect = dialect;
        Name = name;
        Sql = dialect.Quote(name);
        Columns = [.. columns.SelectMany(column => column.Under(dialect))];
        ColumnList = string.Join(", ", Columns.Select(column => dialect.Quote(column.Name)));
        Indexes = [.. indexes.Select(index => (name + index.Name, index.Columns))];
    }

    public SqlDialect Dialect { get; }

    public string Name { get; }

    /// <summary>The name in quotes.</summary>
    public string Sql { get; }

    public IReadOnlyList<SqlColumn> Columns { get; }

    /// <summary>The names of the columns, in order, as a list in SQL.</summary>
    public string ColumnList { get; }

    public IReadOnlyList<(string Name, string[] Columns)> Indexes { get; }
}
