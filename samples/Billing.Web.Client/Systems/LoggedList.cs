namespace Billing.Web.Client.Systems;

/// <summary>A page of expenses, and the totals of the same filters.</summary>
/// <param name="Page">The expenses.</param>
/// <param name="Totals">The totals of all that the filters find.</param>
/// <param name="By">What they are grouped by.</param>
public sealed record LoggedList(ApiPage<LoggedExpense> Page, GroupTotals Totals, string By);
