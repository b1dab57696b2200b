namespace Billing.Simulation.Tests.Ledgers.Broken;

/// <summary>A ledger in memory with one fault that a simulation must find. It reports what it was told to store, so that the check at the end of a run cannot help.</summary>
internal abstract class BrokenStore(IMigratableStore inner) : ForwardingStore(inner)
{
    private readonly Dictionary<string, List<BillingRecord>> _said = new(StringComparer.Ordinal);

    public override async ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<WriteOutcome> outcomes = await BreakAsync(records, cancellationToken);
        for (int i = 0; i < records.Count; i++)
        {
            if (outcomes[i].Kind == WriteOutcomeKind.Stored)
            {
                _said.TryAdd(records[i].RunId, []);
                _said[records[i].RunId].Add(records[i]);
            }
        }

        return outcomes;
    }

    public override ValueTask<RunTotals?> TotalsOfRunAsync(IngestReport run, CancellationToken cancellationToken = default)
    {
        List<BillingRecord> records = _said.GetValueOrDefault(run.RunId) ?? [];
        return ValueTask.FromResult<RunTotals?>(new RunTotals(Schedules.Totals.Billed(records), Schedules.Totals.Reporting(records)));
    }

    /// <summary>Writes a batch wrongly.</summary>
    protected abstract ValueTask<IReadOnlyList<WriteOutcome>> BreakAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken);

    /// <summary>A record with the same content under another key, or with other amounts.</summary>
    protected static BillingRecord Copy(BillingRecord record, RecordKey key, BillingRecord amounts) => new()
    {
        Key = key,
        Fingerprint = record.Fingerprint,
        Occurrence = record.Occurrence,
        Scope = record.Scope,
        SourceId = record.SourceId,
        Date = record.Date,
        Instant = record.Instant,
        Party = record.Party,
        Account = record.Account,
        Description = record.Description,
        Amount = amounts.Amount,
        ReportingAmount = amounts.ReportingAmount,
        ExchangeRate = amounts.ExchangeRate,
        Attributes = record.Attributes,
        Source = record.Source,
        RunId = record.RunId,
        Category = record.Category,
        CategoryRule = record.CategoryRule,
        Flags = record.Flags,
        Alerts = record.Alerts,
        AlertSubjects = record.AlertSubjects,
    };

    /// <summary>Another key, always the same for the same key.</summary>
    protected static RecordKey Other(RecordKey key)
    {
        byte[] bytes = key.ToByteArray();
        bytes[0] ^= 0xff;
        return new RecordKey(bytes);
    }
}
