using Microsoft.Extensions.Logging;

namespace Billing.Runs;

/// <summary>The rates of a source, cached for as long as its options say. There is one fetch at a time, however many callers wait for it.</summary>
internal sealed class FetchedRates(IExchangeRateSource source, RateSourceOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private IExchangeRates? _rates;
    private long _fetched;

    /// <summary>Returns the rates for a run.</summary>
    /// <exception cref="ExchangeRatesException">The rates could not be fetched, and none are recent enough.</exception>
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
        // The age of rates counts from when they were requested.
        long asked = time.GetTimestamp();
        using CancellationTokenSource timeout = new(options.AttemptTimeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            _rates = await source.FetchAsync(either.Token).AsTask().WaitAsync(either.Token).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"{source.GetType().Name} returned no rates. That breaks the contract of {nameof(IExchangeRateSource)}.");
            _fetched = asked;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Any exception of a source is logged or wrapped, with what it means for the run.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            string why = timeout.IsCancellationRequested ? FormattableString.Invariant($"there was no answer within {options.AttemptTimeout:c}.") : failure.Message;
            TimeSpan age = time.GetElapsedTime(_fetched);
            if (_rates is null || age > options.MaxAge)
            {
                string kept = _rates is null ? "There are no earlier rates" : FormattableString.Invariant($"The last rates are {age:c} old, and the limit is {options.MaxAge:c} ({nameof(RateSourceOptions)}.{nameof(RateSourceOptions.MaxAge)})");
                throw new ExchangeRatesException($"The exchange rates could not be fetched: {why} {kept}. Nothing was read. Run again when the rates are available.", failure);
            }

            Log.RatesNotFetched(logger, failure, age, options.MaxAge);
        }
    }
}
