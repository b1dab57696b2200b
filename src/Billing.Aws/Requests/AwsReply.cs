namespace Billing.Aws.Requests;

/// <summary>The answer to a successful call.</summary>
internal sealed record AwsReply(byte[] Body, string? RequestId);
