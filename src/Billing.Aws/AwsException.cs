using System.Net;

namespace Billing.Aws;

/// <summary>A call of AWS failed after all attempts that its options allow. The message holds no credentials and no content.</summary>
public sealed class AwsException : BillingException
{
    /// <summary>Creates an exception for one call.</summary>
    public AwsException(string service, string operation, string errorCode, string message, HttpStatusCode? statusCode = null, string? requestId = null, Exception? innerException = null)
        : base(Sentence(service, operation, errorCode, message, statusCode, requestId), innerException)
    {
        Service = service;
        Operation = operation;
        ErrorCode = errorCode;
        StatusCode = statusCode;
        RequestId = requestId;
    }

    /// <summary>The service, such as <c>SQS</c>.</summary>
    public string Service { get; }

    /// <summary>The operation, such as <c>SendMessageBatch</c>.</summary>
    public string Operation { get; }

    /// <summary>The error code of AWS, such as <c>AccessDenied</c>; <c>Timeout</c> or <c>Unreachable</c> if no answer came.</summary>
    public string ErrorCode { get; }

    /// <summary>The HTTP status of the answer, or null if no answer came.</summary>
    public HttpStatusCode? StatusCode { get; }

    /// <summary>The request id that AWS support asks for, or null if there is none.</summary>
    public string? RequestId { get; }

    private static string Sentence(string service, string operation, string errorCode, string message, HttpStatusCode? statusCode, string? requestId) =>
        FormattableString.Invariant($"{service} {operation} failed: {errorCode}{(statusCode is { } status ? $", HTTP {(int)status}" : "")}{(requestId is null ? "" : $", request {requestId}")}. {message}");
}
