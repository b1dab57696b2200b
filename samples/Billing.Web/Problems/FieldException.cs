namespace Billing.Web.Problems;

/// <summary>A request whose fields are wrong.</summary>
internal sealed class FieldException(FieldErrors errors, int status = StatusCodes.Status400BadRequest) : Exception("Some fields are wrong.")
{
    public FieldException(string field, string error)
        : this(FieldErrors.Of(field, error))
    {
    }

    public FieldErrors Errors { get; } = errors;

    public int Status { get; } = status;
}
