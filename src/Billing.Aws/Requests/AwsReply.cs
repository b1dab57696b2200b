namespace Billing.Aws.Requests;

/// <summary>The answer to a call that succeeded.</summary>
internal sealed record AwsReply(byte[] Body, string? RequestId);
