using Microsoft.Extensions.Logging;

namespace Billing.Runs;

/// <summary>The rates of a source, kept as long as its options say. One fetch at a time, whoever waits for it.</summary>
internal sealed class FetchedRates(IExchangeRateSource source, RateSourceOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private IExchangeRates? _rates;
    private long _fetched;

    /// <summary>The rates to run under.</summary>
    /// <exception cref="ExchangeRatesException">They could not be fetched, and there are none that are young enough.</exception>
    public async ValueTask<IExchangeRates> GetAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_rates is null || time.GetElapsedTime(_fetched) >= options.RefreshAfter)
            {
                await RefreshAsync(cancellationToken).ConfigureAwait(false);
            }

            return _rates!;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        // Rates are as old as the moment in which they were asked for.
        long asked = time.GetTimestamp();
        using CancellationTokenSource timeout = new(options.AttemptTimeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            _rates = await source.FetchAsync(either.Token).AsTask().WaitAsync(either.Token).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"{source.GetType().Name} gave no rates. It breaks the contract of {nameof(IExchangeRateSource)}.");
            _fetched = asked;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever a source throws is logged or thrown on, with what it means for the run.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            string why = timeout.IsCancellationRequested ? FormattableString.Invariant($"there was no answer within {options.AttemptTimeout:c}.") : failure.Message;
            TimeSpan age = time.GetElapsedTime(_fetched);
            if (_rates is null || age > options.MaxAge)
            {
                string kept = _rates is null ? "There are no earlier ones" : FormattableString.Invariant($"The last ones are {age:c} old, and may be {options.MaxAge:c} ({nameof(RateSourceOptions)}.{nameof(RateSourceOptions.MaxAge)})");
                throw new ExchangeRatesException($"The exchange rates could not be fetched: {why} {kept}. Nothing was read; run again when they can be had.", failure);
            }

            Log.RatesNotFetched(logger, failure, age, options.MaxAge);
        }
    }
}
