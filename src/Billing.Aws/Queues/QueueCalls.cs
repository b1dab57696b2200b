using Amazon.Runtime;
using Amazon.SQS;
using Billing.Aws.Requests;

namespace Billing.Aws.Queues;

/// <summary>Calls SQS with the client of the AWS SDK. The client does not retry, so that attempts are counted in one place.</summary>
internal sealed class QueueCalls(AwsConnection connection, string? region, Uri? endpoint)
{
    /// <summary>Makes a call, and retries transient failures.</summary>
    /// <exception cref="AwsException">The call failed, also after the retries.</exception>
    public Task<T> CallAsync<T>(string operation, Func<IAmazonSQS, CancellationToken, Task<T>> call, CancellationToken cancellationToken, TimeSpan waits = default) =>
        connection.Retries.CallAsync($"{AwsService.Sqs.Name} {operation}", token => TryAsync(operation, call, waits, token), cancellationToken);

    /// <summary>Makes a call with entries that can fail one by one. Repeats it while some entries, or the whole call, fail with a transient error.</summary>
    /// <param name="operation">The name of the operation.</param>
    /// <param name="call">Makes the call. Returns the number of entries that are left.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Why the last call failed as a whole, or null if it was answered.</returns>
    public async Task<AwsException?> CallForEntriesAsync(string operation, Func<IAmazonSQS, CancellationToken, Task<int>> call, CancellationToken cancellationToken)
    {
        AwsException someFailed = new(AwsService.Sqs.Name, operation, "EntriesFailed", "Entries failed with a transient error.");
        try
        {
            await connection.Retries.CallAsync(
                someFailed.Service + " " + operation,
                async token => await TryAsync(operation, call, default, token).ConfigureAwait(false) == 0 ? 0 : throw new PassingAwsException(someFailed),
                cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (AwsException e)
        {
            return ReferenceEquals(e, someFailed) ? null : e;
        }
    }

    private async ValueTask<T> TryAsync<T>(string operation, Func<IAmazonSQS, CancellationToken, Task<T>> call, TimeSpan waits, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(connection.AttemptTimeout + waits, connection.Time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await call(connection.Sqs(region, endpoint), either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PassingAwsException(Of(operation, "Timeout", $"No answer came within {connection.AttemptTimeout + waits}.", e));
        }
        catch (AmazonServiceException e) when (e is not AmazonUnmarshallingException && e.Message.Contains("MD5", StringComparison.Ordinal))
        {
            throw Of(operation, "DamagedBody", "The MD5 that SQS states does not match a message body: the body was damaged on the way. The messages in the queue are unchanged.", e);
        }
        catch (Exception e) when (IsOfTheNetwork(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new PassingAwsException(Of(operation, "Unreachable", $"The queue could not be reached, or the connection was lost: {e.Message}", e));
        }
        catch (AmazonUnmarshallingException e)
        {
            throw Of(operation, "InvalidAnswer", "The answer is not one of SQS. Check the endpoint.", e);
        }
        catch (AmazonServiceException e)
        {
            throw AwsErrors.Of(AwsService.Sqs, operation, e);
        }
        catch (AmazonClientException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw AwsErrors.NoCredentials(AwsService.Sqs, operation, e);
        }
    }

    private static bool IsOfTheNetwork(Exception? exception) => exception is not null && (exception is HttpRequestException or IOException || IsOfTheNetwork(exception.InnerException));

    private static AwsException Of(string operation, string code, string message, Exception cause) => new(AwsService.Sqs.Name, operation, code, message, innerException: cause);
}
