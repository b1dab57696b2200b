using System.Diagnostics.CodeAnalysis;
using Billing.Web.Client.Host;
using Billing.Web.Contracts;

namespace Billing.Web.Client.Importing;

/// <summary>The rates of the host, as far as they were asked for: by currency and year. What a run misses is noted, asked for, and there for the next run.</summary>
public sealed class HostRates(HostApi api) : IExchangeRates
{
    private const int MostCurrencies = 20;
    private const int MostRequests = 100;
    private readonly Dictionary<(string Currency, int Year), RateSpan[]> _known = [];
    private readonly HashSet<(string Currency, int Year)> _missed = [];
    private int _requests;

    /// <summary>How the host rounds; null before it was asked.</summary>
    public MidpointRounding? Rounding { get; private set; }

    public bool TryGetRate(Currency from, Currency to, DateOnly date, [NotNullWhen(true)] out ExchangeRate? rate)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        rate = null;
        if (!_known.TryGetValue((from.Code, date.Year), out RateSpan[]? spans))
        {
            _missed.Add((from.Code, date.Year));
            return false;
        }

        rate = Array.Find(spans, span => span.From <= date && date <= span.To && span.Rate.Quote == to)?.Rate;
        return rate is not null;
    }

    /// <summary>Asks the host for what was missed. Rows with more years than a host may be asked for go on waiting.</summary>
    /// <returns>Whether there are rates, or the word that there are none, that were not there before; and why the host refused, or null.</returns>
    public async Task<(bool IsNew, ProblemReply? Problem)> AskAsync()
    {
        (string Currency, int Year)[] missed = [.. _missed];
        _missed.Clear();
        bool isNew = false;
        foreach (IGrouping<int, (string Currency, int Year)> year in missed.GroupBy(pair => pair.Year))
        {
            foreach ((string Currency, int Year)[] pairs in year.Chunk(MostCurrencies))
            {
                if (_requests++ >= MostRequests)
                {
                    return (isNew, null);
                }

                Reply<RatesReply> reply = await api.GetAsync(FormattableString.Invariant($"api/rates?currency={string.Join(',', pairs.Select(pair => pair.Currency))}&year={year.Key}"), WebJsonContext.Default.RatesReply);
                if (reply.Value is not { } rates)
                {
                    return (isNew, reply.Problem);
                }

                Rounding = Enum.Parse<MidpointRounding>(rates.Rounding);
                isNew = true;
                foreach ((string Currency, int Year) pair in pairs)
                {
                    _known[pair] = [.. rates.Items.Where(span => span.Rate.Base.Code == pair.Currency)];
                }
            }
        }

        return (isNew, null);
    }
}
