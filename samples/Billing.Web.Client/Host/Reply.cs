using Billing.Web.Contracts;

namespace Billing.Web.Client.Host;

/// <summary>What came of a request: a value, a problem, or nothing, because the host cannot be reached.</summary>
public sealed record Reply<T>(T? Value, ProblemReply? Problem = null, string? Version = null)
    where T : class
{
    /// <summary>Whether there is a value.</summary>
    public bool IsOk => Value is not null;

    /// <summary>Whether the host could not be reached.</summary>
    public bool IsOffline => Value is null && Problem is null;
}
