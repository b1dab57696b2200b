namespace Billing.Amendments;

/// <summary>Makes the changes of one entry, some hundreds at a time.</summary>
internal sealed class EntryChanges(IAmendableStore store, string entryId)
{
    private const int AtOnce = 500;

    private readonly List<RecordAmendment> _open = [];

    public async ValueTask AddAsync(BillingRecord? from, BillingRecord? to, CancellationToken cancellationToken)
    {
        _open.Add(ChangeDocuments.Amend(entryId, from, to));
        if (_open.Count == AtOnce)
        {
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_open.Count > 0)
        {
            await store.AmendAsync(_open.ToArray(), cancellationToken).ConfigureAwait(false);
            _open.Clear();
        }
    }
}
