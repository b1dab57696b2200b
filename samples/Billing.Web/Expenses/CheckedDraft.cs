namespace Billing.Web.Expenses;

/// <summary>An expense whose fields are right.</summary>
internal sealed record CheckedDraft(string Description, Money Amount, DateOnly Date, string? Party, string? Category);
