using Billing.Amendments;
using Billing.Categories;
using Billing.Currencies;

namespace Billing.Monthly;

/// <summary>States records as the terms of a report have it: the amounts at other rates first, then the categories by other rules, as in a pipeline.</summary>
internal sealed class MonthRevision(MonthTerms terms)
{
    private const int MostListed = 3;

    private readonly Categoriser? _categoriser = terms.Rules is { } rules ? new Categoriser(rules.Rules) : null;
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
        if (_categoriser is null || ErasedText.Is(record))
        {
            return restated;
        }

        BillingRecord? revised = _categoriser.Revise(restated);
        isRefused = revised is null;
        return revised ?? restated;
    }

    /// <exception cref="MissingRatesException">A record had no rate.</exception>
    public void DemandRates()
    {
        if (_missing.Count > 0)
        {
            throw new MissingRatesException(FormattableString.Invariant($"The rates of the report have none for {string.Join(", ", _missing)}{(_withoutRate > _missing.Count ? $" and {_withoutRate - _missing.Count} more records" : "")}. Add these rates, or report the amounts that are stored."));
        }
    }

    private BillingRecord Restated(BillingRecord record)
    {
        if (terms.Rates is null)
        {
            return record;
        }

        if (MoneyConverter.TryRestate(record, terms.Rates, terms.Rounding, out BillingRecord? restated))
        {
            return restated;
        }

        _withoutRate++;
        if (_missing.Count < MostListed)
        {
            _missing.Add($"{record.Amount.Currency.Code} on {record.Date:yyyy-MM-dd} ({record.Source})");
        }

        return record;
    }
}
