using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Billing.Aws.Requests;

/// <summary>Tries again what may pass, after waits that are random and grow to a limit.</summary>
internal sealed class Retries
{
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(50);
    private static readonly ResiliencePropertyKey<string> s_call = new("call");

    private readonly ResiliencePipeline _calls;
    private readonly ResiliencePipeline<int> _entries;

    public Retries(AwsOptions options, TimeProvider time, ILogger logger)
    {
        _calls = options.MaxAttempts == 1 ? ResiliencePipeline.Empty : new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(With(new RetryStrategyOptions
            {
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Exception is PassingException),
                OnRetry = arguments => Tell(logger, arguments.Context, arguments.AttemptNumber, ((PassingException)arguments.Outcome.Exception!).Cause.ErrorCode, arguments.RetryDelay),
            }, options))
            .Build();
        _entries = options.MaxAttempts == 1 ? ResiliencePipeline<int>.Empty : new ResiliencePipelineBuilder<int> { TimeProvider = time }
            .AddRetry(With(new RetryStrategyOptions<int>
            {
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome is { Exception: null, Result: > 0 }),
                OnRetry = arguments => Tell(logger, arguments.Context, arguments.AttemptNumber, "entries failed", arguments.RetryDelay),
            }, options))
            .Build();
    }

    /// <summary>Calls until it passes.</summary>
    /// <exception cref="AwsException">It did not pass.</exception>
    public async Task<T> CallAsync<T>(string name, Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        ResilienceContext context = Context(name, cancellationToken);
        try
        {
            return await _calls.ExecuteAsync(static (context, call) => call(context.CancellationToken), context, call).ConfigureAwait(false);
        }
        catch (PassingException e)
        {
            throw e.Cause;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Calls until no entry is left that may pass, or it was tried often enough.</summary>
    /// <param name="name">For the log.</param>
    /// <param name="call">Gives the number of entries that are left.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task EntriesAsync(string name, Func<CancellationToken, ValueTask<int>> call, CancellationToken cancellationToken)
    {
        ResilienceContext context = Context(name, cancellationToken);
        try
        {
            await _entries.ExecuteAsync(static (context, call) => call(context.CancellationToken), context, call).ConfigureAwait(false);
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

    private static RetryStrategyOptions<T> With<T>(RetryStrategyOptions<T> strategy, AwsOptions options)
    {
        strategy.MaxRetryAttempts = options.MaxAttempts - 1;
        strategy.BackoffType = DelayBackoffType.Exponential;
        strategy.UseJitter = true;
        strategy.Delay = s_firstDelay < options.MaxRetryDelay ? s_firstDelay : options.MaxRetryDelay;
        strategy.MaxDelay = options.MaxRetryDelay;
        return strategy;
    }

    private static RetryStrategyOptions With(RetryStrategyOptions strategy, AwsOptions options) => (RetryStrategyOptions)With<object>(strategy, options);

    private static ValueTask Tell(ILogger logger, ResilienceContext context, int attempt, string error, TimeSpan delay)
    {
        Log.TriedAgain(logger, context.Properties.GetValue(s_call, "AWS"), attempt + 1, error, delay);
        return ValueTask.CompletedTask;
    }
}
