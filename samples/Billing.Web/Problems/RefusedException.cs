namespace Billing.Web.Problems;

/// <summary>A request that cannot be done, with the status that says so.</summary>
internal sealed class RefusedException(int status, string detail) : Exception(detail)
{
    public int Status { get; } = status;
}
