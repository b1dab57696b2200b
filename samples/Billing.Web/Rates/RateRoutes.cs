using Billing.Web.Contracts;
using Billing.Web.Problems;
using Billing.Web.Records;
using Billing.Web.Settings;

namespace Billing.Web.Rates;

/// <summary>The route of the rates that this host converts with, for previews elsewhere.</summary>
internal static class RateRoutes
{
    private const int MostCurrencies = 20;

    public static void Map(RouteGroupBuilder api) => api.MapGet("/rates", (HttpRequest request, WebSettings settings) =>
    {
        QueryReader reader = new(request);
        string? codes = reader.Text("currency");
        int? year = reader.Year("year");
        reader.Demand();
        Currency[] currencies = Currencies(codes ?? throw new FieldException("currency", "This is missing. Name currencies such as CAD,JPY."));
        int asked = year ?? throw new FieldException("year", "This is missing. State a year such as 2025.");
        return TypedResults.Ok(new RatesReply
        {
            ReportingCurrency = settings.ReportingCurrency.Code,
            Rounding = WebSettings.Rounding.ToString(),
            Items = [.. currencies.SelectMany(currency => Spans(settings, currency, asked))],
        });
    }).WithParameters();

    private static Currency[] Currencies(string codes)
    {
        string[] each = codes.Split(',');
        List<Currency> known = [];
        foreach (string code in each.Take(MostCurrencies + 1))
        {
            known.AddRange(Currency.TryParse(code, out Currency? currency) && currency.Code == code ? [currency] : []);
        }

        return known.Count == each.Length && known.Count <= MostCurrencies && known.Distinct().Count() == known.Count
            ? [.. known.OrderBy(currency => currency.Code, StringComparer.Ordinal)]
            : throw new FieldException("currency", "Use 1 to 20 codes of ISO 4217, each once, with commas between them.");
    }

    // What the host would answer a run, day by day; days in a row with the same rate are one span.
    private static IEnumerable<RateSpan> Spans(WebSettings settings, Currency currency, int year)
    {
        RateSpan? span = null;
        DateOnly first = new(year, 1, 1);
        int days = DateTime.IsLeapYear(year) ? 366 : 365;
        for (int day = 0; day < days; day++)
        {
            DateOnly date = first.AddDays(day);
            settings.Rates.TryGetRate(currency, settings.ReportingCurrency, date, out ExchangeRate? rate);
            if (span is not null && span.Rate == rate)
            {
                span = span with { To = date };
                continue;
            }

            if (span is not null)
            {
                yield return span;
            }

            span = rate is null ? null : new RateSpan { From = date, To = date, Rate = rate };
        }

        if (span is not null)
        {
            yield return span;
        }
    }
}
