using Billing.Categories;
using Billing.Rows;

namespace Billing.Runs;

/// <summary>A row on its way to a record. The record itself is made when somebody asks for it: a rule that is code, a sink, a caller.</summary>
/// <param name="row">The row.</param>
/// <param name="sourceName">The name of its source.</param>
/// <param name="scope">The scope of its record.</param>
/// <param name="runId">The id of the run.</param>
/// <param name="amount">The amount as invoiced.</param>
/// <param name="reportingAmount">The amount in the reporting currency.</param>
/// <param name="rate">The rate that was used, or null.</param>
internal sealed class PendingRecord(ParsedRow row, string sourceName, string? scope, string runId, Money amount, Money reportingAmount, ExchangeRate? rate) : IRuleSubject
{
    private Categorisation? _categorisation;
    private BillingRecord? _record;
    private bool _isComplete;

    public ParsedRow Row => row;

    public string SourceName => sourceName;

    public string? Scope => scope;

    public Money Amount => amount;

    public Money ReportingAmount => reportingAmount;

    public Fingerprint Fingerprint { get; set; }

    /// <summary>What the rules say, once they were asked.</summary>
    public Categorisation Categorisation { get => _categorisation!; set => _categorisation = value; }

    public int Occurrence { get; set; }

    /// <summary>The key, once <see cref="Complete"/> was called.</summary>
    public RecordKey Key { get; private set; }

    public RecordSource Source => new(sourceName, row.Line, row.ByteOffset);

    public DateOnly Date => row.Date;

    public string? Party => row.Party;

    public string? Account => row.Account;

    public string? Description => row.Description;

    /// <summary>The record: always the same one. Thread-safe.</summary>
    public BillingRecord Record => _record ?? Interlocked.CompareExchange(ref _record, Make(), null) ?? _record;

    public string? Attribute(string name, ref int place)
    {
        if (row.AttributeTexts.IsEmpty)
        {
            RecordAttributes attributes = row.Attributes;
            return AttributePlace.Find(attributes.Names, name, ref place) ? attributes.Values[place] : null;
        }

        return AttributePlace.Find(row.Shape!.Names, name, ref place) ? row.AttributeAt(place) : null;
    }

    /// <summary>Sets the key, which is the last thing that a record gets.</summary>
    public void Complete(RecordKey key)
    {
        Key = key;
        _isComplete = true;
        _record?.Complete(key, Occurrence, Categorisation);
    }

    private BillingRecord Make()
    {
        BillingRecord record = new()
        {
            Key = Key,
            IsPending = !_isComplete,
            Fingerprint = Fingerprint,
            Scope = scope,
            SourceId = row.SourceId,
            Date = row.Date,
            Instant = row.Instant,
            Party = row.Party,
            Account = row.Account,
            Description = row.Description,
            Amount = amount,
            ReportingAmount = reportingAmount,
            ExchangeRate = rate,
            Attributes = row.Attributes,
            Source = Source,
            RunId = runId,
        };
        if (_isComplete)
        {
            record.Complete(Key, Occurrence, Categorisation);
        }

        return record;
    }
}
