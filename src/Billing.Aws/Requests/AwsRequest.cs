namespace Billing.Aws.Requests;

/// <summary>One call: always a POST to the root of an endpoint, as SQS, SNS and Secrets Manager take it.</summary>
internal sealed record AwsRequest(AwsService Service, string Operation, string ContentType, byte[] Body)
{
    /// <summary>The header <c>X-Amz-Target</c>, or null where the body names the operation.</summary>
    public string? Target { get; init; }

    /// <summary>Where to send it, unless the options or the environment say where; null for the endpoint of the region.</summary>
    public Uri? Address { get; init; }

    /// <summary>What the service may wait before it answers, in addition to the timeout of a try.</summary>
    public TimeSpan Waits { get; init; }

    /// <summary>The name of the call, for logs and errors.</summary>
    public string Name => $"{Service.Name} {Operation}";
}
