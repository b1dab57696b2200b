using Amazon.Runtime;
using Amazon.SQS;
using Billing.Aws.Requests;

namespace Billing.Aws.Queues;

/// <summary>Calls SQS by the client of the AWS SDK, which itself tries nothing again: how often is tried is counted in one place.</summary>
internal sealed class QueueCalls(AwsConnection connection, string? region, Uri? endpoint)
{
    /// <summary>Calls, and again if it fails in a way that may pass.</summary>
    /// <exception cref="AwsException">It did not pass.</exception>
    public Task<T> CallAsync<T>(string operation, Func<IAmazonSQS, CancellationToken, Task<T>> call, CancellationToken cancellationToken, TimeSpan waits = default) =>
        connection.Retries.CallAsync($"{AwsService.Sqs.Name} {operation}", token => TryAsync(operation, call, waits, token), cancellationToken);

    /// <summary>Calls for entries of which some may fail, and again while some have failed in a way that may pass, or the call has.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="call">Gives the number of entries that are left.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Why the last call failed as a whole, or null where it was answered.</returns>
    public async Task<AwsException?> CallForEntriesAsync(string operation, Func<IAmazonSQS, CancellationToken, Task<int>> call, CancellationToken cancellationToken)
    {
        AwsException someFailed = new(AwsService.Sqs.Name, operation, "EntriesFailed", "Entries failed in a way that may pass.");
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
            throw Of(operation, "DamagedBody", "The MD5 that SQS states is not that of a body: it changed on the way. What is in the queue stays there.", e);
        }
        catch (Exception e) when (IsOfTheNetwork(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new PassingAwsException(Of(operation, "Unreachable", $"The queue could not be reached, or broke off: {e.Message}", e));
        }
        catch (AmazonUnmarshallingException e)
        {
            throw Of(operation, "InvalidAnswer", "The answer is none that SQS gives. Check the endpoint.", e);
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
