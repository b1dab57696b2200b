namespace Billing.Web.Contracts;

/// <summary>The imports that this host knows, newest first: <c>GET /api/imports</c>.</summary>
public sealed record ImportList
{
    /// <summary>The imports.</summary>
    public required IReadOnlyList<ImportReply> Items { get; init; }
}
