namespace Billing.Web.Client.Systems;

/// <summary>The answer of <c>POST /logexpense</c>.</summary>
public sealed record LoggedReply
{
    public required string ExpenseId { get; init; }
}
