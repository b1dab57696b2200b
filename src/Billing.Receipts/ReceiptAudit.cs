using System.Globalization;

namespace Billing;

/// <summary>
/// Applies category rules to receipts. A rule sees a receipt as a record whose party is the merchant. What the receipt does not state is missing there
/// too: see docs/receipts.md.
/// </summary>
public sealed class ReceiptAudit
{
    /// <summary>The flag of a receipt whose amount has no rate to the reporting currency, so that rules on amounts could not be applied: <c>no_rate</c>.</summary>
    public const string NoRateFlag = "no_rate";

    private const string DefaultRules = """
        { "rules": [
          { "name": "amount over 5000", "when": { "amount": { "over": 5000 } }, "flag": "high_amount", "alert": { "subject": "Receipt flagged" } },
          { "name": "weekend date", "when": { "attribute": { "name": "date", "exists": true }, "weekday": ["Saturday", "Sunday"] }, "flag": "weekend", "alert": { "subject": "Receipt flagged" } },
          { "name": "named merchant", "when": { "text": ["bar", "pub", "casino", "nightclub", "night club", "liquor"] }, "flag": "merchant", "alert": { "subject": "Receipt flagged" } }
        ] }
        """;

    private readonly CategoryRules _rules;
    private readonly Currency _reporting;
    private readonly IExchangeRates? _rates;

    /// <summary>Creates an audit by rules whose amounts are in a reporting currency.</summary>
    /// <param name="rules">The rules. Null for those of docs/receipts.md: amounts over 5000, weekend dates, and merchants called bar, pub, casino and the like, each with an alert.</param>
    /// <param name="reportingCurrency">The reporting currency. Null for USD.</param>
    /// <param name="exchangeRates">Rates for amounts in other currencies. Null for none.</param>
    /// <exception cref="BillingConfigurationException">There is a <c>require</c> rule, which would keep a receipt out of the ledger; or the reporting currency has no minor units.</exception>
    public ReceiptAudit(CategoryRules? rules = null, Currency? reportingCurrency = null, IExchangeRates? exchangeRates = null)
    {
        _rules = rules ?? CategoryRules.Parse(DefaultRules, "the rules of receipts");
        if (_rules.Rules.FirstOrDefault(rule => rule.IsRequirement) is { } requirement)
        {
            throw new BillingConfigurationException($"Rule '{requirement.Name}' is a 'require' rule, which would keep a receipt out of its ledger. Give it 'when' and a flag.");
        }

        _reporting = reportingCurrency ?? Currency.Usd;
        if (_reporting.MinorUnits is null)
        {
            throw new BillingConfigurationException($"The reporting currency {_reporting} has no minor units. Use one that has them.");
        }

        _rates = exchangeRates;
    }

    /// <summary>Returns the receipt with the flags and alerts of the rules in place of its own.</summary>
    public Receipt Apply(Receipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        bool isConverted = TryConvert(receipt, out Money reporting);
        BillingRecord said = _rules.Apply(Record(receipt, reporting))!;
        return receipt with
        {
            Flags = isConverted ? said.Flags : [.. said.Flags, NoRateFlag],
            Alerts = said.Alerts,
            AlertSubjects = said.AlertSubjects,
        };
    }

    // Values that the receipt does not state are zero, or the day of the upload; the attributes show what it states.
    private static BillingRecord Record(Receipt receipt, Money reporting) => new()
    {
        Key = RecordKey.Parse(receipt.Id),
        Fingerprint = Fingerprint.Parse(receipt.Id),
        Date = DateOf(receipt),
        Party = receipt.Merchant,
        Amount = receipt.Amount ?? reporting,
        ReportingAmount = reporting,
        Attributes = new RecordAttributes(
            ["file_name", "bucket", "size", "amount", "date", "merchant"],
            [receipt.FileName, receipt.Bucket, receipt.Size.ToString(CultureInfo.InvariantCulture), receipt.Amount?.ToString(), receipt.Date?.ToString("O", CultureInfo.InvariantCulture), receipt.Merchant]),
        Source = new RecordSource(receipt.FileName, 0, 0),
        RunId = "receipts",
    };

    private static DateOnly DateOf(Receipt receipt) => receipt.Date ?? DateOnly.FromDateTime(receipt.UploadedAt.UtcDateTime);

    private bool TryConvert(Receipt receipt, out Money reporting)
    {
        reporting = new Money(0m, _reporting);
        if (receipt.Amount is not { } amount)
        {
            return true;
        }

        if (amount.Currency == _reporting)
        {
            reporting = amount;
            return true;
        }

        return _rates?.TryGetRate(amount.Currency, _reporting, DateOf(receipt), out ExchangeRate? rate) == true
            && rate!.TryConvert(amount, out reporting);
    }
}
