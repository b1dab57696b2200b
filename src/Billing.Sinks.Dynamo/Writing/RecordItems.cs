using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Writing;

/// <summary>Writes batches of records, each once and only once by its key.</summary>
internal sealed class RecordItems(ItemWriter items, IItemForm form, Months? months, AlertItems alerts, string ledger, TimeProvider time)
{
    /// <returns>One outcome per record, in order.</returns>
    public async Task<WriteOutcome[]> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        // Identifies the call that wrote an item. If the answer is lost, the retry recognises its own item instead of a duplicate.
        string writeId = Guid.NewGuid().ToString("N");
        WriteOutcome[] outcomes = new WriteOutcome[records.Count];
        List<(int Index, string Key, PendingPut Put)> open = Build(records, writeId, outcomes);
        if (months is not null)
        {
            await months.NoteAsync(open.Select(entry => OwnForm.MonthOf(records[entry.Index].Date)), cancellationToken).ConfigureAwait(false);
        }

        while (open.Count > 0)
        {
            // The first record of each key is written. The others are compared with what is then stored.
            Dictionary<string, (int Index, PendingPut Put)> firsts = new(StringComparer.Ordinal);
            List<PendingPut> puts = [];
            List<(int Index, string Key, PendingPut Put)> later = [];
            foreach ((int index, string key, PendingPut put) in open)
            {
                if (firsts.TryAdd(key, (index, put)))
                {
                    puts.Add(put);
                }
                else
                {
                    later.Add((index, key, put));
                }
            }

            await items.WriteAsync(puts, cancellationToken).ConfigureAwait(false);
            foreach ((int index, PendingPut put) in firsts.Values)
            {
                outcomes[index] = OutcomeOf(records[index], put, writeId);
            }

            open = [];
            foreach ((int index, string key, PendingPut put) in later)
            {
                (int first, PendingPut firstPut) = firsts[key];
                if (firstPut.Refusal is not null)
                {
                    open.Add((index, key, put));
                }
                else
                {
                    outcomes[index] = Compare(records[index], outcomes[first].Kind == WriteOutcomeKind.Stored ? firstPut.Item : firstPut.Existing!);
                }
            }
        }

        return outcomes;
    }

    private List<(int Index, string Key, PendingPut Put)> Build(IReadOnlyList<BillingRecord> records, string writeId, WriteOutcome[] outcomes)
    {
        List<(int, string, PendingPut)> open = new(records.Count);
        for (int i = 0; i < outcomes.Length; i++)
        {
            ItemBuilder built = form.Write(records[i], writeId);
            if (built.Refusal is { } refusal)
            {
                outcomes[i] = WriteOutcome.Refused(refusal);
            }
            else if (built.Size > ItemBuilder.MaxItemSize)
            {
                outcomes[i] = WriteOutcome.Refused(ItemBuilder.TooLarge(built.Size));
            }
            else
            {
                PendingPut put = records[i].Alerts.Count == 0 ? new PendingPut(built) : WithAlerts(built, BillingAlert.Of(records[i], time.GetUtcNow()));
                open.Add((i, ItemKeys.TextOf(built.Item, form.KeyNames), put));
            }
        }

        return open;
    }

    // In one transaction with its record: neither exists without the other.
    private PendingPut WithAlerts(ItemBuilder record, IReadOnlyList<BillingAlert> raised)
    {
        ItemBuilder item = alerts.ItemOf(raised);
        return new PendingPut(record, new Put { TableName = ledger, Item = item.Item }, item.Size);
    }

    private WriteOutcome OutcomeOf(BillingRecord record, PendingPut put, string writeId)
    {
        if (put.Refusal is { } refusal)
        {
            return WriteOutcome.Refused(refusal);
        }

        return put.IsStored || (form.FieldsOf(put.Existing!) is { } fields && ItemBuilder.ReadText(fields, Names.WriteId) == writeId)
            ? WriteOutcome.Stored
            : Compare(record, put.Existing!);
    }

    private WriteOutcome Compare(BillingRecord record, Dictionary<string, AttributeValue> stored)
    {
        if (form.FieldsOf(stored) is not { } fields)
        {
            return new WriteOutcome(WriteOutcomeKind.Conflict, "The table holds an item with this key that another program wrote. Nothing was overwritten. Correct the source, or delete the item.", "(another program)");
        }

        Fingerprint fingerprint = Fingerprint.Parse(RecordItem.Required(fields, Names.Fingerprint));
        string source = RecordItem.Required(fields, Names.Source);
        return fingerprint == record.Fingerprint ? WriteOutcome.Duplicate(source) : WriteOutcome.Conflict(source, fingerprint);
    }
}
