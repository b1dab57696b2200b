namespace Billing.Sinks.Sql.Statements;

/// <summary>A statement with the values of <c>@p0</c>, <c>@p1</c> and so on.</summary>
internal readonly record struct SqlQuery(string Sql, IReadOnlyList<object?> Values);
