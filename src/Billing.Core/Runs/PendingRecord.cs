using Billing.Categories;
using Billing.Rows;

namespace Billing.Runs;

/// <summary>
/// A row on its way to a record. The record itself is made when somebody asks for it: a rule that is code, a sink, a caller. The object is used again for
/// a row of a later batch; the record is not.
/// </summary>
internal sealed class PendingRecord : IRuleSubject
{
    private ParsedRow _row = null!;
    private string _runId = "";
    private ExchangeRate? _rate;
    private Categorisation? _categorisation;
    private BillingRecord? _record;
    private bool _isComplete;

    public ParsedRow Row => _row;

    public string SourceName { get; private set; } = "";

    public string? Scope { get; private set; }

    public Money Amount { get; private set; }

    public Money ReportingAmount { get; private set; }

    public Fingerprint Fingerprint { get; set; }

    /// <summary>What the rules say, once they were asked.</summary>
    public Categorisation Categorisation { get => _categorisation!; set => _categorisation = value; }

    public int Occurrence { get; set; }

    /// <summary>The key, once <see cref="Complete"/> was called.</summary>
    public RecordKey Key { get; private set; }

    public string RunId => _runId;

    public RecordSource Source => new(SourceName, _row.Line, _row.ByteOffset);

    public DateOnly Date => _row.Date;

    public string? Party => _row.Party;

    public string? Account => _row.Account;

    public string? Description => _row.Description;

    /// <summary>Whether somebody asked for the record.</summary>
    public bool IsMade => _record is not null;

    /// <summary>The record: always the same one. Thread-safe.</summary>
    public BillingRecord Record => _record ?? Interlocked.CompareExchange(ref _record, Make(), null) ?? _record;

    public string[] AttributeNames => _row.AttributeNames;

    public string? AttributeAt(int place) => _row.AttributeAt(place);

    /// <summary>Begins a record, in which nothing but this is set.</summary>
    /// <param name="row">The row.</param>
    /// <param name="sourceName">The name of its source.</param>
    /// <param name="scope">The scope of its record.</param>
    /// <param name="runId">The id of the run.</param>
    /// <param name="amount">The amount as invoiced.</param>
    /// <param name="reportingAmount">The amount in the reporting currency.</param>
    /// <param name="rate">The rate that was used, or null.</param>
    public void Begin(ParsedRow row, string sourceName, string? scope, string runId, Money amount, Money reportingAmount, ExchangeRate? rate)
    {
        _row = row;
        SourceName = sourceName;
        Scope = scope;
        _runId = runId;
        Amount = amount;
        ReportingAmount = reportingAmount;
        _rate = rate;
        _categorisation = null;
        _record = null;
        _isComplete = false;
        Occurrence = 0;
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
            Scope = Scope,
            SourceId = _row.SourceId,
            Date = _row.Date,
            Instant = _row.Instant,
            Party = _row.Party,
            Account = _row.Account,
            Description = _row.Description,
            Amount = Amount,
            ReportingAmount = ReportingAmount,
            ExchangeRate = _rate,
            Attributes = _row.Attributes,
            Source = Source,
            RunId = _runId,
        };
        if (_isComplete)
        {
            record.Complete(Key, Occurrence, Categorisation);
        }

        return record;
    }
}
