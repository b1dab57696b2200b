namespace Billing;

/// <summary>
/// A source of exchange rates that are not available when an application starts, such as a service or a database. Before a run it is asked for all its rates;
/// the run then uses them in memory. Failures escape as exceptions: a source never returns rates that it does not have.
/// </summary>
public interface IExchangeRateSource
{
    /// <summary>Fetches the rates, for example with <see cref="DatedRates.Create"/>. There is one call at a time. Observe the token: once it is cancelled, the next call may come.</summary>
    ValueTask<IExchangeRates> FetchAsync(CancellationToken cancellationToken = default);
}
