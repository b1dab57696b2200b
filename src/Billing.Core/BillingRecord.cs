using System.Globalization;
using Billing.Categories;

namespace Billing;

/// <summary>One billing record: an invoice line, an expense, a payment, a card transaction.</summary>
public sealed class BillingRecord : IRuleSubject
{
    private RecordKey _key;
    private Fingerprint _fingerprint;
    private int _occurrence = 1;
    private bool _isPending;
    private RecordAttributes _attributes = RecordAttributes.Empty;
    private Money _reportingAmount;
    private ExchangeRate? _exchangeRate;
    private RecordSource _source;
    private string _runId = "";
    private string? _category;
    private string? _categoryRule;
    private IReadOnlyList<string> _flags = [];
    private IReadOnlyList<string> _alerts = [];
    private IReadOnlyList<string> _alertSubjects = [];

    /// <summary>The key: what makes this the same record on every delivery. It is unique in the store.</summary>
    /// <exception cref="InvalidOperationException">A rule reads it: rules run before a record has its occurrence among equal records, and so before it has a key.</exception>
    public required RecordKey Key { get => _isPending ? throw Pending(nameof(Key)) : _key; init => _key = value; }

    /// <summary>The SHA-256 of the record's canonical form.</summary>
    public required Fingerprint Fingerprint { get => _fingerprint; init => _fingerprint = value; }

    /// <summary>The occurrence: 1, 2, ... among equal records of one source; always 1 unless the identity counts (<see cref="RecordIdentity.Content"/>, <see cref="RecordIdentity.CountedColumns"/>).</summary>
    /// <exception cref="InvalidOperationException">A rule reads it, as for <see cref="Key"/>.</exception>
    public int Occurrence { get => _isPending ? throw Pending(nameof(Occurrence)) : _occurrence; init => _occurrence = value; }

    /// <summary>The scope: whose records the source holds (an account, a supplier), or null. Part of the key.</summary>
    public string? Scope { get; init; }

    /// <summary>The source's own id of the record, or null.</summary>
    public string? SourceId { get; init; }

    /// <summary>The date of the record.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The instant of the record with its offset, or null if the source has only a date.</summary>
    public DateTimeOffset? Instant { get; init; }

    /// <summary>The company or merchant, or null.</summary>
    public string? Party { get; init; }

    /// <summary>The account, user or payer, or null.</summary>
    public string? Account { get; init; }

    /// <summary>What the record is for, or null.</summary>
    public string? Description { get; init; }

    /// <summary>The amount as invoiced.</summary>
    public required Money Amount { get; init; }

    /// <summary>The amount in the reporting currency: rounded once to its minor units if it was converted, or as invoiced if it was in that currency.</summary>
    public required Money ReportingAmount { get => _reportingAmount; init => _reportingAmount = value; }

    /// <summary>The rate that was used, or null if the amount was already in the reporting currency.</summary>
    public ExchangeRate? ExchangeRate { get => _exchangeRate; init => _exchangeRate = value; }

    /// <summary>Every further column of the source, in order.</summary>
    public RecordAttributes Attributes { get => _attributes; init => _attributes = value; }

    /// <summary>Source name, line and byte offset.</summary>
    public required RecordSource Source { get => _source; init => _source = value; }

    /// <summary>The id of the run that brought the record.</summary>
    public required string RunId { get => _runId; init => _runId = value; }

    /// <summary>The category that a rule gave, else that of the source (<see cref="SourceLayout.Category"/>), or null.</summary>
    public string? Category { get => _category; init => _category = value; }

    /// <summary>The name of the rule that gave the category; null if the source gave it, or if there is none.</summary>
    public string? CategoryRule { get => _categoryRule; init => _categoryRule = value; }

    /// <summary>The flags that rules raised, in the order of the rules; usually empty.</summary>
    public IReadOnlyList<string> Flags { get => _flags; init => _flags = value; }

    /// <summary>The names of the rules that ask for an alert; usually empty.</summary>
    public IReadOnlyList<string> Alerts { get => _alerts; init => _alerts = value; }

    /// <summary>The subjects of <see cref="Alerts"/>, at the same indexes; a missing one means <see cref="BillingAlert.DefaultSubject"/>. Stores keep them with the alerts, not with the record.</summary>
    public IReadOnlyList<string> AlertSubjects { get => _alertSubjects; init => _alertSubjects = value; }

    /// <summary>Whether the record has no key yet; <see cref="Complete"/> sets it.</summary>
    internal bool IsPending { init => _isPending = value; }

    BillingRecord IRuleSubject.Record => this;

    string[] IRuleSubject.AttributeNames => _attributes.SharedNames;

    string? IRuleSubject.AttributeAt(int place) => _attributes.Values[place];

    /// <summary>Date, amount, party and where it came from, such as <c>2025-06-17 12.50 USD Acme (june.csv:2)</c>, the same in every culture.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Date:yyyy-MM-dd} {Amount}{(Party is null ? "" : $" {Party}")} ({Source})");

    private static InvalidOperationException Pending(string what) =>
        new($"A rule reads the {what} of a record that has none yet: rules run before records have their occurrence. Use {nameof(Fingerprint)} or {nameof(SourceId)}.");

    /// <summary>Returns this record, as a store returned it, with the alert subjects that <paramref name="same"/> has for the same rules. Stores keep subjects elsewhere.</summary>
    internal BillingRecord WithAlertSubjectsOf(BillingRecord same)
    {
        if (_alerts.Count == 0 || _alertSubjects.Count > 0)
        {
            return this;
        }

        BillingRecord copy = (BillingRecord)MemberwiseClone();
        copy._alertSubjects = [.. _alerts.Select(rule => SubjectOf(same, rule))];
        return copy;
    }

    /// <summary>Returns the same record under another key.</summary>
    internal BillingRecord Moved(RecordKey key, Fingerprint fingerprint, int occurrence, RecordAttributes attributes)
    {
        BillingRecord copy = (BillingRecord)MemberwiseClone();
        copy._key = key;
        copy._fingerprint = fingerprint;
        copy._occurrence = occurrence;
        copy._attributes = attributes;
        return copy;
    }

    /// <summary>The same record at another rate.</summary>
    internal BillingRecord Restated(Money reportingAmount, ExchangeRate rate)
    {
        BillingRecord copy = (BillingRecord)MemberwiseClone();
        copy._reportingAmount = reportingAmount;
        copy._exchangeRate = rate;
        return copy;
    }

    /// <summary>The same record in another category, which a rule gives; or in none.</summary>
    internal BillingRecord Recategorised(string? category, string? rule)
    {
        BillingRecord copy = (BillingRecord)MemberwiseClone();
        copy._category = category;
        copy._categoryRule = rule;
        return copy;
    }

    /// <summary>The same record, as another run delivered it.</summary>
    internal BillingRecord Of(string runId, RecordSource source)
    {
        BillingRecord copy = (BillingRecord)MemberwiseClone();
        copy._runId = runId;
        copy._source = source;
        return copy;
    }

    /// <summary>The same record with what rules say of it.</summary>
    internal BillingRecord Categorised(Categorisation categorisation)
    {
        BillingRecord copy = (BillingRecord)MemberwiseClone();
        copy.Say(categorisation);
        return copy;
    }

    private static string SubjectOf(BillingRecord record, string rule)
    {
        for (int i = 0; i < record._alerts.Count && i < record._alertSubjects.Count; i++)
        {
            if (record._alerts[i] == rule)
            {
                return record._alertSubjects[i];
            }
        }

        return BillingAlert.DefaultSubject;
    }

    /// <summary>Sets what rules cannot see yet: the key, the occurrence, and the outcome of the rules. The pipeline calls it before anything else sees the record.</summary>
    internal void Complete(RecordKey key, int occurrence, Categorisation categorisation)
    {
        _isPending = false;
        _key = key;
        _occurrence = occurrence;
        Say(categorisation);
    }

    private void Say(Categorisation categorisation)
    {
        _category = categorisation.Category;
        _categoryRule = categorisation.CategoryRule;
        _flags = categorisation.Flags;
        _alerts = categorisation.Alerts;
        _alertSubjects = categorisation.AlertSubjects;
    }
}
