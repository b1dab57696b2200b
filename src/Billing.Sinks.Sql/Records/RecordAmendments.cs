using Billing.Sinks.Sql.Documents;

namespace Billing.Sinks.Sql.Records;

/// <summary>Changes records together with the documents of their changes. Used inside a transaction.</summary>
internal sealed class RecordAmendments(SqlRecords records, DocumentTable documents, string store)
{
    /// <summary>Makes the amendments whose documents are not stored yet.</summary>
    /// <exception cref="BillingException">A record is not stored as it was read, or the store cannot hold what it becomes.</exception>
    public async ValueTask ApplyAsync(SqlSession session, IReadOnlyList<RecordAmendment> amendments, CancellationToken cancellationToken)
    {
        // In the order of the keys, as writers lock them. The documents are looked for once the records are locked: whoever made one of these changes meanwhile has committed it.
        RecordAmendment[] all = [.. amendments.OrderBy(amendment => amendment.Key)];
        IReadOnlyList<BillingRecord?> stored = await records.FindToChangeAsync(session, [.. all.Select(amendment => amendment.Key)], cancellationToken).ConfigureAwait(false);
        HashSet<(string Kind, string Id)> made = await documents.StoredAsync(session, all.Select(amendment => amendment.Document), cancellationToken).ConfigureAwait(false);
        List<RecordAmendment> open = [];
        for (int i = 0; i < all.Length; i++)
        {
            if (!made.Contains((all[i].Document.Kind, all[i].Document.Id)))
            {
                open.Add(all[i].Fits(stored[i]) ? all[i] : throw all[i].Lost(store));
            }
        }

        await records.RemoveAsync(session, [.. open.Where(amendment => amendment.From is not null).Select(amendment => amendment.Key)], cancellationToken).ConfigureAwait(false);
        await WriteAsync(session, [.. open.Where(amendment => amendment.To is not null)], cancellationToken).ConfigureAwait(false);
        await documents.InsertAsync(session, open.Select(amendment => amendment.Document), "", cancellationToken).ConfigureAwait(false);
        await records.SettleAsync(session, cancellationToken).ConfigureAwait(false);
    }

    // As a delivery writes them, but their alerts are those that were raised: they are still there.
    private async ValueTask WriteAsync(SqlSession session, RecordAmendment[] amendments, CancellationToken cancellationToken)
    {
        WriteOutcome[] outcomes = await records.WriteAsync(session, [.. amendments.Select(amendment => amendment.To!)], mayBeStored: false, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < outcomes.Length; i++)
        {
            if (outcomes[i].Kind == WriteOutcomeKind.Refused)
            {
                throw new BillingException($"{store} cannot hold what the record of {amendments[i].To!.Source.Name}, line {amendments[i].To!.Source.Line} becomes: {outcomes[i].Detail} Nothing was changed.");
            }

            if (outcomes[i].Kind != WriteOutcomeKind.Stored)
            {
                throw amendments[i].Lost(store);
            }
        }
    }
}
