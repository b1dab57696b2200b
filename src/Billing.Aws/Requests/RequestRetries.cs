using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Billing.Aws.Requests;

/// <summary>Retries transient failures, after random waits that grow to a limit.</summary>
internal sealed class RequestRetries
{
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(50);
    private static readonly ResiliencePropertyKey<string> s_call = new("call");

    private readonly ResiliencePipeline _calls;

    public RequestRetries(AwsOptions options, TimeProvider time, ILogger logger)
    {
        _calls = options.MaxAttempts == 1 ? ResiliencePipeline.Empty : new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.MaxAttempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = s_firstDelay < options.MaxRetryDelay ? s_firstDelay : options.MaxRetryDelay,
                MaxDelay = options.MaxRetryDelay,
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Exception is PassingAwsException),
                OnRetry = arguments => Tell(logger, arguments.Context, arguments.AttemptNumber, ((PassingAwsException)arguments.Outcome.Exception!).Cause.ErrorCode, arguments.RetryDelay),
            })
            .Build();
    }

    /// <summary>Calls until the call succeeds or the attempts are used up.</summary>
    /// <exception cref="AwsException">The call failed, also after the retries.</exception>
    public async Task<T> CallAsync<T>(string name, Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        ResilienceContext context = Context(name, cancellationToken);
        try
        {
            return await _calls.ExecuteAsync(static (context, call) => call(context.CancellationToken), context, call).ConfigureAwait(false);
        }
        catch (PassingAwsException e)
        {
            throw e.Cause;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static ResilienceContext Context(string name, CancellationToken cancellationToken)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        context.Properties.Set(s_call, name);
        return context;
    }

    private static ValueTask Tell(ILogger logger, ResilienceContext context, int attempt, string error, TimeSpan delay)
    {
        Log.TriedAgain(logger, context.Properties.GetValue(s_call, "AWS"), attempt + 1, error, delay);
        return ValueTask.CompletedTask;
    }
}
