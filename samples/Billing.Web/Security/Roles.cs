namespace Billing.Web.Security;

/// <summary>The roles. Each may do what the one before it may.</summary>
internal static class Roles
{
    public const string Reader = "reader";
    public const string Clerk = "clerk";
    public const string Controller = "controller";

    public static IReadOnlyList<string> All { get; } = [Reader, Clerk, Controller];

    /// <summary>A role and those that it has with it.</summary>
    public static IEnumerable<string> With(string role) => All.Take(All.ToList().IndexOf(role) + 1);
}
