namespace Billing.Layouts;

/// <summary>The role of a column. The names, in lower case, are those of a layout file.</summary>
internal enum ColumnRole
{
    Date,
    Instant,
    Amount,
    Debit,
    Credit,
    Direction,
    Fee,
    Currency,
    Id,
    Party,
    Account,
    Description,
    Scope,
    Category,
    Balance,
    Status,
}
