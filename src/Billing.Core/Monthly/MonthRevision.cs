using Billing.Amendments;
using Billing.Currencies;

namespace Billing.Monthly;

/// <summary>States records as the terms of a report have it: the amounts at other rates first, then the categories by other rules, as in a pipeline.</summary>
internal sealed class MonthRevision(MonthTerms terms)
{
    private const int MostListed = 3;

    private readonly List<string> _missing = [];
    private long _withoutRate;

    /// <summary>States a record.</summary>
    /// <param name="record">The record, as it is stored.</param>
    /// <param name="isRefused">Whether a <c>require</c> rule does not let it pass. It then keeps its category and flags.</param>
    public BillingRecord Of(BillingRecord record, out bool isRefused)
    {
        isRefused = false;
        BillingRecord restated = Restated(record);

        // What rules said of an erased text, they said of a text that is gone.
        if (terms.Rules is null || ErasedText.Is(record))
        {
            return restated;
        }

        if (terms.Rules.Apply(restated) is not { } said)
        {
            isRefused = true;
            return restated;
        }

        // A category that no rule gave is that of the source, which stays unless a rule gives another.
        return said.CategoryRule is null && record.CategoryRule is null ? said.Recategorised(record.Category, null) : said;
    }

    /// <exception cref="BillingException">A record had no rate.</exception>
    public void DemandRates()
    {
        if (_missing.Count > 0)
        {
            throw new BillingException(FormattableString.Invariant($"The rates of the report have none for {string.Join(", ", _missing)}{(_withoutRate > _missing.Count ? $" and {_withoutRate - _missing.Count} more records" : "")}. Add these rates, or report the amounts that are stored."));
        }
    }

    private BillingRecord Restated(BillingRecord record)
    {
        if (terms.Rates is null || record.ExchangeRate is null)
        {
            return record;
        }

        if (terms.Rates.TryGetRate(record.Amount.Currency, record.ReportingAmount.Currency, record.Date, out ExchangeRate? rate)
            && MoneyConverter.TryConvert(record.Amount, rate, terms.Rounding, out Money amount))
        {
            return record.Restated(amount, rate);
        }

        _withoutRate++;
        if (_missing.Count < MostListed)
        {
            _missing.Add($"{record.Amount.Currency.Code} on {record.Date:yyyy-MM-dd} ({record.Source})");
        }

        return record;
    }
}
