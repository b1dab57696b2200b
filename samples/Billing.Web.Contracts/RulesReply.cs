namespace Billing.Web.Contracts;

/// <summary>The rules in force: <c>GET /api/rules</c>.</summary>
public sealed record RulesReply
{
    /// <summary>The rules file.</summary>
    public required string Text { get; init; }

    /// <summary>The names of its rules, in order.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Changes with every change. <c>If-Match</c> of <c>PUT /api/rules</c> takes it in quotes.</summary>
    public required string Version { get; init; }
}
