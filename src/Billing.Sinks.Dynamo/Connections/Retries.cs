using System.Security.Cryptography;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Microsoft.Extensions.Logging;

namespace Billing.Sinks.Dynamo.Connections;

/// <summary>Retries transient failures, after random waits that grow to a limit.</summary>
internal sealed class Retries(DynamoSinkOptions options, TimeProvider time, ILogger logger)
{
    private const int FirstDelayMilliseconds = 25;
    private const int MostDoublings = 20;

    private volatile bool _hasAnswered;

    /// <summary>Calls until the call succeeds or the attempts are used up.</summary>
    /// <param name="letAnswersThrough">Whether a failed condition, a cancelled transaction and an invalid request are thrown unchanged, for a caller that handles them.</param>
    /// <exception cref="BillingException">The last attempt failed, or the failure was not transient.</exception>
    public async Task<T> CallAsync<T>(string table, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken, bool letAnswersThrough = false)
    {
        for (int failures = 1; ; failures++)
        {
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                T answer = await call(cancellationToken).ConfigureAwait(false);
                _hasAnswered = true;
                return answer;
            }
            catch (Exception exception) when (!_hasAnswered && !cancellationToken.IsCancellationRequested && DynamoErrors.IsRefused(exception))
            {
                // A server that never answered is more likely a wrong address than a transient problem: the caller is told at once.
                throw DynamoErrors.Of(exception, table);
            }
            catch (Exception exception) when (DynamoErrors.IsPassing(exception, cancellationToken))
            {
                await WaitAsync(table, failures, exception, cancellationToken).ConfigureAwait(false);
            }
            catch (AmazonServiceException exception) when (!letAnswersThrough || !IsAnswer(exception))
            {
                _hasAnswered = true;
                throw DynamoErrors.Of(exception, table);
            }
        }
    }

    /// <summary>Waits before the next attempt, after this many failures in a row.</summary>
    /// <exception cref="BillingException">All attempts have failed.</exception>
    public async Task WaitAsync(string table, int failures, Exception cause, CancellationToken cancellationToken)
    {
        if (failures >= options.MaxAttempts)
        {
            throw DynamoErrors.Of(cause, table);
        }

        long limit = Math.Min(options.MaxRetryDelay.Ticks / TimeSpan.TicksPerMillisecond, (long)FirstDelayMilliseconds << Math.Min(failures, MostDoublings));
        int delay = RandomNumberGenerator.GetInt32(1, (int)limit + 1);
        Log.TriedAgain(logger, table, failures, cause.GetType().Name, delay);
        await Task.Delay(TimeSpan.FromMilliseconds(delay), time, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsAnswer(AmazonServiceException exception) =>
        exception is ConditionalCheckFailedException or TransactionCanceledException || DynamoErrors.IsInvalid(exception);
}
