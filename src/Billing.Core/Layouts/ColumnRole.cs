namespace Billing.Layouts;

/// <summary>What a column can be; the names, in lower case, are those of a layout file.</summary>
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
}
