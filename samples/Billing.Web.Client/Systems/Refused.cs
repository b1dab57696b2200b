namespace Billing.Web.Client.Systems;

/// <summary>Why a request was refused: <c>error</c> by a function, <c>message</c> by the API before it.</summary>
public sealed record Refused
{
    public string? Error { get; init; }

    public string? Message { get; init; }
}
