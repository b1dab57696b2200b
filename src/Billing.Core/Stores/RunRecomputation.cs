using Billing.Amendments;
using Billing.Categories;
using Billing.Currencies;
using Billing.Fingerprints;
using Billing.Keys;

namespace Billing.Stores;

/// <summary>Makes again what a run made of the content of its records: keys, reporting amounts and categories, under the settings that it kept. Not thread-safe.</summary>
internal sealed class RunRecomputation
{
    private static readonly MidpointRounding[] s_roundings = Enum.GetValues<MidpointRounding>();

    private readonly FormBuffer _form = new();
    private readonly RecordIdentity _identity;
    private readonly SourceLayout _layout;
    private readonly MidpointRounding[] _roundings;
    private readonly IExchangeRates? _rates;
    private readonly Categoriser? _categoriser;

    private RunRecomputation(RunSettings settings, string runId)
    {
        _layout = SourceLayout.Parse(settings.Layout, $"layout of run {runId}");
        _identity = _layout.Identity ?? RecordIdentity.Content;
        // Earlier versions did not keep how they rounded.
        _roundings = settings.Rounding is { } kept ? [kept] : s_roundings;
        RestoredSettings restored = new(settings, runId);
        (_rates, _categoriser) = (restored.Rates, restored.Categoriser);
        Missing = [.. ((string?[])[restored.RatesMissing, restored.RulesMissing]).OfType<string>().Select(what => $"their {what}")];
    }

    /// <summary>What cannot be made again, and why.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Whether the last record that was checked keeps what its key was made of.</summary>
    public bool KeepsKey { get; private set; }

    /// <exception cref="BillingException">The settings that the run keeps cannot be read.</exception>
    public static RunRecomputation Of(RunSettings settings, string runId)
    {
        try
        {
            return new RunRecomputation(settings, runId);
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or InvalidOperationException or BillingConfigurationException)
        {
            throw new BillingException($"The settings that run {runId} keeps cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Returns what of a record is not as the run would make it of its content.</summary>
    public IEnumerable<(StoreFaultKind Kind, string Detail)> Check(BillingRecord record)
    {
        KeepsKey = TryWriteKey(record);
        if (KeepsKey && new RecordKey(_form.Hash()) != record.Key)
        {
            yield return (StoreFaultKind.Key, $"Its identity ({_identity}) gives it another key: the key, or what it is made of, was changed after it was stored.");
        }

        if (AmountFault(record) is { } amount)
        {
            yield return (StoreFaultKind.ReportingAmount, amount);
        }

        // What rules said of an erased record, they said of a text that is gone.
        if (_categoriser is not null && !ErasedText.Is(record) && CategoryFault(record, _categoriser.Apply(record)) is { } category)
        {
            yield return (StoreFaultKind.Category, category);
        }
    }

    private static string? CategoryFault(BillingRecord record, Categorisation made)
    {
        if (made.FailedRequirement is { } failed)
        {
            return $"Rule '{failed.Name}' of its run refuses it, but it is stored.";
        }

        // A category that no rule gave is that of the source.
        bool isSame = made.CategoryRule == record.CategoryRule && (made.CategoryRule is null || made.Category == record.Category);
        return !isSame ? $"The rules of its run give it {Text(made.Category, made.CategoryRule)}; stored is {Text(record.Category, record.CategoryRule)}."
            : !made.Flags.SequenceEqual(record.Flags) ? $"The rules of its run give it the flags {List(made.Flags)}; stored are {List(record.Flags)}."
            : !made.Alerts.SequenceEqual(record.Alerts) ? $"The rules of its run raise the alerts {List(made.Alerts)}; stored are {List(record.Alerts)}."
            : null;
    }

    private string? AmountFault(BillingRecord record)
    {
        if (record.ExchangeRate is not { } rate)
        {
            return record.ReportingAmount == record.Amount ? null : $"Without a rate {record.Amount} is stated as {record.ReportingAmount}.";
        }

        if (rate.Base != record.Amount.Currency || rate.Quote != record.ReportingAmount.Currency)
        {
            return $"{record.Amount} is stated as {record.ReportingAmount}, but its rate is {rate}.";
        }

        if (!Array.Exists(_roundings, rounding => MoneyConverter.TryConvert(record.Amount, rate, rounding, out Money converted) && converted == record.ReportingAmount))
        {
            _ = MoneyConverter.TryConvert(record.Amount, rate, _roundings[0], out Money right);
            return $"At its rate ({rate}) {record.Amount} comes to {right}; stored is {record.ReportingAmount}.";
        }

        if (_rates is null)
        {
            return null;
        }

        return !_rates.TryGetRate(rate.Base, rate.Quote, record.Date, out ExchangeRate? kept) ? FormattableString.Invariant($"The rates of its run have none from {rate.Base} to {rate.Quote} for {record.Date:yyyy-MM-dd}; stored is {rate}.")
            : kept.ValueText != rate.ValueText || kept.Date != rate.Date ? $"The rates of its run have {kept}; stored is {rate}."
            : null;
    }

    private bool TryWriteKey(BillingRecord record)
    {
        _form.Drop();
        switch (_identity.Kind)
        {
            case RecordIdentityKind.Content:
                KeyForm.WriteContent(_form, record.Scope, record.Fingerprint, record.Occurrence);
                return true;
            case RecordIdentityKind.Position:
                KeyForm.WritePosition(_form, record.Scope, record.Source.Name, record.Source.ByteOffset);
                return true;
            case RecordIdentityKind.Columns when ValuesOf(record) is { } values:
                KeyForm.WriteColumns(_form, record.Scope, values);
                return true;
            case RecordIdentityKind.CountedColumns when ValuesOf(record) is { } values:
                KeyForm.WriteCountedColumns(_form, record.Scope, values);
                KeyForm.WriteOccurrence(_form, record.Occurrence);
                return true;
            default:
                return false;
        }
    }

    // The texts of dates and amounts are not kept, only their values.
    private string[]? ValuesOf(BillingRecord record)
    {
        string[] values = new string[_identity.ColumnNames.Count];
        for (int i = 0; i < values.Length; i++)
        {
            string name = _identity.ColumnNames[i];
            string? value = record.Attributes.TryGetValue(name, out string? attribute) ? attribute
                : name == _layout.Id ? record.SourceId
                : name == _layout.Party ? record.Party
                : name == _layout.Account ? record.Account
                : name == _layout.Description ? record.Description
                : null;
            if (string.IsNullOrWhiteSpace(value) || value == ErasedText.Placeholder)
            {
                return null;
            }

            values[i] = value;
        }

        return values;
    }

    private static string Text(string? category, string? rule) =>
        category is null ? "no category" : rule is null ? $"the category '{category}' of its source" : $"the category '{category}' of rule '{rule}'";

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? "(none)" : string.Join(", ", names);
}
