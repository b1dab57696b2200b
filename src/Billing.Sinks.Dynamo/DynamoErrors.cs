using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Billing.Sinks.Dynamo;

/// <summary>Says what an error of DynamoDB means here, and what to do.</summary>
internal static class DynamoErrors
{
    private static readonly HashSet<string> s_passing = new(StringComparer.Ordinal)
    {
        "ProvisionedThroughputExceededException", "ProvisionedThroughputExceeded", "ThrottlingException", "ThrottlingError", "Throttling", "RequestLimitExceeded",
        "LimitExceededException", "TransactionConflictException", "TransactionConflict", "TransactionInProgressException", "ReplicatedWriteConflictException",
        "InternalServerError", "InternalServerErrorException", "InternalFailure", "ServiceUnavailable", "RequestTimeout", "RequestTimeoutException",
    };

    /// <summary>Whether a code, of an error or of one item of a cancelled transaction, may pass when tried again.</summary>
    public static bool IsPassing(string? code) => code is not null && s_passing.Contains(code);

    /// <summary>Whether an exception may pass when tried again. A cancellation that the caller asked for does not.</summary>
    public static bool IsPassing(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        _ when cancellationToken.IsCancellationRequested => false,
        TransactionCanceledException => false,
        AmazonServiceException service => IsPassing(service.ErrorCode) || service.StatusCode >= HttpStatusCode.InternalServerError || IsPassing(service.InnerException),
        AmazonClientException client => IsPassing(client.InnerException),
        _ => IsPassing(exception),
    };

    /// <summary>Whether DynamoDB says that the request itself is wrong.</summary>
    public static bool IsInvalid(Exception exception) =>
        exception is AmazonDynamoDBException { ErrorCode: "ValidationException" or "ItemCollectionSizeLimitExceededException" };

    /// <summary>The exception for one that did not pass.</summary>
    public static BillingException Of(Exception exception, string table) => new(
        exception switch
        {
            ResourceNotFoundException =>
                $"The DynamoDB table {table} or its index is not there. Create it, or set {nameof(DynamoSinkOptions)}.{nameof(DynamoSinkOptions.CreateTables)}.",
            AmazonServiceException { ErrorCode: "AccessDeniedException" or "UnrecognizedClientException" or "InvalidSignatureException" or "ExpiredTokenException" or "MissingAuthenticationTokenException" } service =>
                $"DynamoDB refused access to the table {table} ({service.ErrorCode}: {service.Message}). Check the credentials, the region, and the permissions that docs/stores.md lists.",
            AmazonServiceException service =>
                $"DynamoDB failed on the table {table} ({service.ErrorCode}: {service.Message}). What was stored stays stored; running again is safe.",
            _ =>
                $"DynamoDB could not be reached for the table {table} ({exception.Message}). What was stored stays stored; running again is safe.",
        },
        exception);

    private static bool IsPassing(Exception? exception) => exception is HttpRequestException or IOException or OperationCanceledException or TimeoutException or WebException;
}
