using System.Net.Sockets;
using System.Security.Authentication;
using Amazon.Runtime;
using Billing.Local;

namespace Billing.Console;

/// <summary>What a user is told of an exception: one line, and an exit code.</summary>
internal static class Failure
{
    public static (int Code, string Message) Of(Exception exception) => exception switch
    {
        UsageException or BillingConfigurationException => (ExitCode.Usage, exception.Message),
        OperationCanceledException => (ExitCode.Cancelled, "Cancelled. What was stored stays stored; running the same command again is safe."),
        BillingException or LocalException or NotFoundException or IOException => (ExitCode.Failed, exception.Message),
        UnauthorizedAccessException => (ExitCode.Failed, $"{exception.Message} Check the permissions."),
        AmazonServiceException or AmazonClientException => (ExitCode.Failed, $"The call to AWS failed: {exception.Message.TrimEnd('.')}. Check the region (AWS_REGION, or ?region= in the store's address), the credentials and the address."),
        HttpRequestException or SocketException or AuthenticationException or TimeoutException => (ExitCode.Failed, $"The server cannot be reached: {exception.Message.TrimEnd('.')}. Check the address, and that the server is running."),
        InvalidDataException => (ExitCode.Failed, $"The data is damaged: {exception.Message.TrimEnd('.')}. Get the file again."),
        System.Data.Common.DbException => (ExitCode.Failed, $"The store failed: {exception.Message}"),
        _ => (ExitCode.Failed, $"Unexpected {exception.GetType().Name}: {exception.Message} Please report it with the output of --verbose."),
    };
}
