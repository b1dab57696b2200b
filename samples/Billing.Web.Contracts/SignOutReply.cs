namespace Billing.Web.Contracts;

/// <summary>The answer to <c>POST /sign-out</c>: the session of this host has ended.</summary>
public sealed record SignOutReply
{
    /// <summary>The address at the provider to go to, where its session ends too; null if it names none: its session goes on.</summary>
    public string? Address { get; init; }
}
