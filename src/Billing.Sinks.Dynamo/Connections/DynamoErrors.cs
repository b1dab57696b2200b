using System.Net;
using System.Net.Sockets;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Billing.Sinks.Dynamo.Connections;

/// <summary>Explains the errors of DynamoDB, and what to do about them.</summary>
internal static class DynamoErrors
{
    private static readonly HashSet<string> s_passing = new(StringComparer.Ordinal)
    {
        "ProvisionedThroughputExceededException", "ProvisionedThroughputExceeded", "ThrottlingException", "ThrottlingError", "Throttling", "RequestLimitExceeded",
        "LimitExceededException", "TransactionConflictException", "TransactionConflict", "TransactionInProgressException", "ReplicatedWriteConflictException",
        "InternalServerError", "InternalServerErrorException", "InternalFailure", "ServiceUnavailable", "RequestTimeout", "RequestTimeoutException",
    };

    /// <summary>Whether an error code, or the code of one item of a cancelled transaction, is transient.</summary>
    public static bool IsPassing(string? code) => code is not null && s_passing.Contains(code);

    /// <summary>Whether an exception is transient. A cancellation that the caller requested is not.</summary>
    public static bool IsPassing(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        _ when cancellationToken.IsCancellationRequested => false,
        TransactionCanceledException => false,
        AmazonServiceException service => IsPassing(service.ErrorCode) || service.StatusCode >= HttpStatusCode.InternalServerError || IsPassing(service.InnerException),
        AmazonClientException client => IsPassing(client.InnerException),
        _ => IsPassing(exception),
    };

    /// <summary>Whether DynamoDB rejects the request itself as invalid.</summary>
    public static bool IsInvalid(Exception exception) =>
        exception is AmazonDynamoDBException { ErrorCode: "ValidationException" or "ItemCollectionSizeLimitExceededException" };

    /// <summary>Whether nothing answers at the address of DynamoDB: no server listens there, or the name does not resolve.</summary>
    public static bool IsRefused(Exception? exception) => exception switch
    {
        null => false,
        SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.NoData } => true,
        _ => IsRefused(exception.InnerException),
    };

    /// <summary>Returns the exception for an error that is not retried any more.</summary>
    public static BillingException Of(Exception exception, string table) => new(
        exception switch
        {
            _ when IsRefused(exception) =>
                $"DynamoDB does not answer for the table {table} ({exception.GetBaseException().Message}). Check the address, the region, and that the server is running. Stored records stay stored; running again is safe.",
            ResourceNotFoundException =>
                $"The DynamoDB table {table} or its index does not exist. Create it, or set {nameof(DynamoSinkOptions)}.{nameof(DynamoSinkOptions.CreateTables)}.",
            AmazonServiceException { ErrorCode: "AccessDeniedException" or "UnrecognizedClientException" or "InvalidSignatureException" or "ExpiredTokenException" or "MissingAuthenticationTokenException" } service =>
                $"DynamoDB denied access to the table {table} ({service.ErrorCode}: {service.Message}). Check the credentials, the region, and the permissions that docs/stores.md lists.",
            AmazonServiceException service =>
                $"DynamoDB failed on the table {table} ({service.ErrorCode}: {service.Message}). Stored records stay stored; running again is safe.",
            _ =>
                $"DynamoDB could not be reached for the table {table} ({exception.Message}). Stored records stay stored; running again is safe.",
        },
        exception);

    private static bool IsPassing(Exception? exception) => exception is HttpRequestException or IOException or OperationCanceledException or TimeoutException or WebException;
}
