namespace Billing.Web.Limits;

/// <summary>The most bytes of the body of a request to a route. Others take <see cref="Standard"/>.</summary>
internal sealed record BodyLimit(long Bytes)
{
    public const long Standard = 256 * 1024;
}
