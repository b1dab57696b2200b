namespace Billing.Amendments;

/// <summary>
/// What a record becomes when it goes to another run that delivered it too: that run's, with the reporting amount and the category that its settings give. What a restatement or applied rules said
/// after that run began stays. Not thread-safe.
/// </summary>
internal sealed class Adoptions
{
    private readonly IAmendableStore _store;
    private readonly LedgerEntry[] _revisions;
    private readonly Dictionary<string, RunSettings?> _settings = new(StringComparer.Ordinal);
    private readonly Dictionary<(string From, string To), AdoptingSettings?> _adopting = [];

    private Adoptions(IAmendableStore store, LedgerEntry[] revisions)
    {
        _store = store;
        _revisions = revisions;
    }

    public static async ValueTask<Adoptions> LoadAsync(IAmendableStore store, CancellationToken cancellationToken)
    {
        List<LedgerEntry> revisions = [];
        await foreach (LedgerEntry entry in EntryDocuments.AllAsync(store, cancellationToken).ConfigureAwait(false))
        {
            if (entry.IsRevision && entry.RevertedBy is null)
            {
                revisions.Add(entry);
            }
        }

        return new Adoptions(store, [.. revisions]);
    }

    /// <summary>Whether a record of a run may have to be refused because it goes to one of these runs.</summary>
    public async ValueTask<bool> MayRefuseAsync(string from, IEnumerable<IngestReport> to, CancellationToken cancellationToken)
    {
        foreach (IngestReport run in to)
        {
            if (_revisions.Length > 0 || await AdoptingAsync(from, run.RunId, cancellationToken).ConfigureAwait(false) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns a record as that of another run.</summary>
    /// <param name="record">The record as it is, or as a document keeps it.</param>
    /// <param name="to">The run that it goes to.</param>
    /// <param name="source">Where it stood in that run.</param>
    /// <param name="without">An entry that is being taken back: the record is as it would be without it. Null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="BillingException">What the settings of that run give it cannot be made again. Nothing was changed.</exception>
    public async ValueTask<BillingRecord> GiveAsync(BillingRecord record, IngestReport to, RecordSource source, string? without, CancellationToken cancellationToken)
    {
        List<(LedgerEntry Entry, RecordChange? Change)> revisions = [];
        BillingRecord? first = null;
        // A restatement leaves alone what was not converted.
        foreach (LedgerEntry entry in _revisions.Where(entry => entry.Id != without && (entry.Kind != LedgerEntryKind.Restatement || record.ExchangeRate is not null)))
        {
            LedgerDocument? document = await _store.FindDocumentAsync(ChangeDocuments.Kind, ChangeDocuments.IdOf(entry.Id, record.Key), cancellationToken).ConfigureAwait(false);
            RecordChange? change = document is null ? null : ChangeDocuments.Read(document);
            first ??= change?.From is { } from && from.Fingerprint == record.Fingerprint ? from : null;

            // What came after it was not changed by it, though an earlier record of the same content may have been.
            if (string.CompareOrdinal(entry.Id, record.RunId) > 0)
            {
                revisions.Add((entry, change));
            }
        }

        // As it was, step by step; and as it would have been, from that run on.
        BillingRecord was = revisions.Find(revision => revision.Change is not null).Change?.From ?? record;
        BillingRecord becomes = await MakeAsync(first ?? record, to, cancellationToken).ConfigureAwait(false);
        foreach ((LedgerEntry entry, RecordChange? change) in revisions)
        {
            bool isSeen = string.CompareOrdinal(entry.Id, to.RunId) > 0;
            if (isSeen && !IsKnown(entry, change, was, becomes))
            {
                throw Refuse(record, to, $"entry {entry.Id} ({entry.Kind}) came after that run, and what it would have made of the record is not known. Take the entry back first (billing revert {entry.Id}), and make it again afterwards");
            }

            was = change?.To ?? was;
            becomes = !isSeen || change?.To is not { } made ? becomes
                : entry.Kind == LedgerEntryKind.Restatement ? becomes.Restated(made.ReportingAmount, made.ExchangeRate!)
                : becomes.Recategorised(made.Category, made.CategoryRule);
        }

        return becomes.Of(to.RunId, source);
    }

    // A restatement makes the same of every amount. Rules may look at the amount, and leave a category of the source; and an entry that left the record may have changed another one.
    private static bool IsKnown(LedgerEntry entry, RecordChange? change, BillingRecord was, BillingRecord becomes)
    {
        bool isSameAmount = was.ReportingAmount == becomes.ReportingAmount && was.ExchangeRate == becomes.ExchangeRate;
        return entry.Kind == LedgerEntryKind.Restatement
            ? change is not null || isSameAmount
            : isSameAmount && (was.Category, was.CategoryRule) == (becomes.Category, becomes.CategoryRule);
    }

    private async ValueTask<BillingRecord> MakeAsync(BillingRecord first, IngestReport to, CancellationToken cancellationToken)
    {
        AdoptingSettings? adopting = await AdoptingAsync(first.RunId, to.RunId, cancellationToken).ConfigureAwait(false);
        string? missing = null;
        return adopting is null ? first
            : adopting.Make(first, out missing) ?? throw Refuse(first, to, $"{missing}. Take that run back too, and ingest {to.Source} again afterwards");
    }

    private async ValueTask<AdoptingSettings?> AdoptingAsync(string from, string to, CancellationToken cancellationToken)
    {
        if (!_adopting.TryGetValue((from, to), out AdoptingSettings? adopting))
        {
            RunSettings? before = await SettingsAsync(from, cancellationToken).ConfigureAwait(false);
            _adopting.Add((from, to), adopting = AdoptingSettings.Between(before, await SettingsAsync(to, cancellationToken).ConfigureAwait(false), to));
        }

        return adopting;
    }

    private async ValueTask<RunSettings?> SettingsAsync(string runId, CancellationToken cancellationToken)
    {
        if (!_settings.TryGetValue(runId, out RunSettings? settings))
        {
            _settings.Add(runId, settings = (await _store.FindRunAsync(runId, cancellationToken).ConfigureAwait(false))?.Settings);
        }

        return settings;
    }

    private static BillingException Refuse(BillingRecord record, IngestReport to, string why) =>
        new($"The record {record} (key {record.Key}) would become that of run {to.RunId} of {to.Source}, which delivered it too, and cannot be made as that run would have made it: {why}.");
}
