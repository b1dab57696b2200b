namespace Billing.Web.Contracts;

/// <summary>Asks for a layout: <c>POST /api/uploads/{id}/proposal</c>. The body may be missing.</summary>
public sealed record ProposalRequest
{
    /// <summary>What is known already, as in a layout file; null for nothing.</summary>
    public SourceLayout? Layout { get; init; }
}
