namespace Billing;

/// <summary>
/// Where exchange rates come from that are not at hand when an application starts, such as a service or a database. It is asked before a run for all that it has;
/// a run then asks what it gave, in memory. Failures escape as exceptions: it never answers with rates that it does not have.
/// </summary>
public interface IExchangeRateSource
{
    /// <summary>Fetches the rates, such as by <see cref="DatedRates.Create"/>. Called by one caller at a time; heed the token: after it, the next call may come.</summary>
    ValueTask<IExchangeRates> FetchAsync(CancellationToken cancellationToken = default);
}
