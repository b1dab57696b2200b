namespace Billing.Sinks.Sql.Records;

/// <summary>The expressions that a statement selects so that a <see cref="SqlRow"/> gives the fields of a record: one for each of their columns, in their order.</summary>
internal static class RecordColumns
{
    /// <summary>The list.</summary>
    /// <param name="dialect">The dialect.</param>
    /// <param name="qualify">Puts the name of its table before a column, where there is more than one.</param>
    public static string Of(SqlDialect dialect, Func<string, string>? qualify = null)
    {
        return string.Join(", ", RecordFields.All.SelectMany(field => field.Columns.Select((column, i) => (field.Kind, i) switch
        {
            (FieldKind.Key, _) => Named(dialect.Name("key_hash")),
            (FieldKind.Money, 0) => dialect.SelectAmount(Named(column)),
            (FieldKind.Texts or FieldKind.Attributes, _) => dialect.SelectUtf8(Named(column)),
            _ => Named(column),
        })));

        string Named(string column) => qualify is null ? column : qualify(column);
    }
}
