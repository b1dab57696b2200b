using Microsoft.Extensions.Logging;

namespace Billing.Lambda.Runtime;

/// <summary>Takes one event after another, and answers each with the result of the function or with its error.</summary>
internal sealed class InvocationLoop(RuntimeClient api, IFunction function, TimeProvider time, ILogger logger)
{
    // Reporting that the time ran out takes time too.
    private static readonly TimeSpan s_cancelBefore = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan s_giveUpBefore = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs until it is told to stop, or until an event continues after its deadline: then nothing else may run in this process.</summary>
    /// <returns>Whether it was told to stop.</returns>
    /// <exception cref="RuntimeApiException">The runtime returns no event or accepts no answer: the process cannot continue.</exception>
    public async Task<bool> RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Invocation invocation;
            try
            {
                invocation = await api.NextAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return true;
            }

            Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", invocation.TraceId);
            using (logger.BeginScope(invocation.RequestId))
            {
                if (!await HandleAsync(invocation, stop))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <returns>Whether the function has ended.</returns>
    private async Task<bool> HandleAsync(Invocation invocation, CancellationToken stop)
    {
        using CancellationTokenSource late = new(LeftUntil(invocation.Deadline - s_cancelBefore), time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        Task<ReadOnlyMemory<byte>> running = Task.Run(() => function.InvokeAsync(invocation, either.Token), CancellationToken.None);
        ReadOnlyMemory<byte> answer;

        // Whatever the function throws is its answer: an error, which Lambda counts and retries.
#pragma warning disable CA1031
        try
        {
            answer = await running.WaitAsync(LeftUntil(invocation.Deadline - s_giveUpBefore), time, CancellationToken.None);
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            Log.RanLate(logger);
            await api.FailAsync(invocation.RequestId, new ErrorReport("Function.Timeout", nameof(TimeoutException), "The function did not end before its deadline. Nothing was acknowledged. The event will be delivered again."));
            return false;
        }
        catch (OperationCanceledException exception) when (either.IsCancellationRequested)
        {
            Log.EventFailed(logger, exception);
            await api.FailAsync(invocation.RequestId, stop.IsCancellationRequested
                ? new ErrorReport("Function.Stopped", nameof(OperationCanceledException), "The function was told to stop. Nothing was acknowledged. The event will be delivered again.")
                : new ErrorReport("Function.Timeout", nameof(TimeoutException), "The time ran out before the work was done. Nothing was acknowledged. The event will be delivered again. Give the function more time, or smaller batches."));
            return true;
        }
        catch (Exception exception)
        {
            Log.EventFailed(logger, exception);
            await api.FailAsync(invocation.RequestId, ErrorReport.Of(exception));
            return true;
        }

        if (!await api.RespondAsync(invocation.RequestId, answer))
        {
            // The runtime has then marked the event as failed.
            Log.AnswerTooLarge(logger, answer.Length);
            return true;
        }

        try
        {
            await function.AfterAnswerAsync(either.Token);
        }
        catch (Exception exception)
        {
            // The event was answered. Work after the answer is repeated by another function.
            Log.AfterwardsFailed(logger, exception);
        }
#pragma warning restore CA1031

        return true;
    }

    private TimeSpan LeftUntil(DateTimeOffset end) => end - time.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.FromMilliseconds(1);
}
