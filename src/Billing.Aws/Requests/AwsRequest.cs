namespace Billing.Aws.Requests;

/// <summary>One call: always a POST to the root of an endpoint, as SNS and Secrets Manager expect.</summary>
internal sealed record AwsRequest(AwsService Service, string Operation, string ContentType, byte[] Body)
{
    /// <summary>The header <c>X-Amz-Target</c>, or null if the body names the operation.</summary>
    public string? Target { get; init; }

    /// <summary>The name of the call, for logs and error messages.</summary>
    public string Name => $"{Service.Name} {Operation}";
}
