using System.Net;
using System.Net.Sockets;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Billing.Sinks.Dynamo.Connections;

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

    /// <summary>Whether nothing answers where DynamoDB should be: no server listens there, or the name leads nowhere.</summary>
    public static bool IsRefused(Exception? exception) => exception switch
    {
        null => false,
        SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.NoData } => true,
        _ => IsRefused(exception.InnerException),
    };

    /// <summary>The exception for one that did not pass.</summary>
    public static BillingException Of(Exception exception, string table) => new(
        exception switch
        {
            _ when IsRefused(exception) =>
                $"DynamoDB does not answer for the table {table} ({exception.GetBaseException().Message}). Check the address, the region, and that the server runs. What was stored stays stored; running again is safe.",
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
