namespace Billing.Hosting.Tests;

/// <summary>Rates of a service: a line per rate, of a day.</summary>
internal sealed class TreasuryRates(HttpClient client) : IExchangeRateSource
{
    public async ValueTask<IExchangeRates> FetchAsync(CancellationToken cancellationToken)
    {
        string[] lines = (await client.GetStringAsync(new Uri("/rates", UriKind.Relative), cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return DatedRates.Create(lines.Select(line => line.Split(',')).Select(parts => ExchangeRate.FromValueText(
            Currency.Parse(parts[1]), Currency.Parse(parts[2]), parts[3], DateOnly.ParseExact(parts[0], "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), "treasury")));
    }
}
