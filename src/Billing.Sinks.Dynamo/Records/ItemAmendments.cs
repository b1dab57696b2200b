using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Billing.Sinks.Dynamo.Documents;

namespace Billing.Sinks.Dynamo.Records;

/// <summary>Changes records, each in one transaction with its document. Alerts stay as they are: those of a record that leaves, and those of a record that comes back.</summary>
internal sealed class ItemAmendments(IAmazonDynamoDB client, ItemReader reader, Retries retries, IItemForm form, DocumentItems documents, Months? months, string table)
{
    private const int AtOnce = 8;

    private readonly ItemChanges _changes = new(form, table);

    /// <exception cref="BillingException">A record is not as it was read, or DynamoDB cannot hold what it becomes.</exception>
    public Task ApplyAsync(IReadOnlyList<RecordAmendment> amendments, CancellationToken cancellationToken) =>
        new ParallelismOf(AtOnce).ForEachAsync(amendments, ApplyAsync, cancellationToken);

    private async Task ApplyAsync(RecordAmendment amendment, CancellationToken cancellationToken)
    {
        _ = amendment.Key;
        Dictionary<string, AttributeValue>? becomes = amendment.To is { } to ? ItemOf(to, Guid.NewGuid().ToString("N")) : null;
        Dictionary<string, AttributeValue> place = amendment.From is { } from ? ItemKeys.Of(ItemOf(from, ""), form.KeyNames) : ItemKeys.Of(becomes!, form.KeyNames);
        TransactWriteItem? document = null;
        for (int failures = 1; ; failures++)
        {
            // The record before the document: if somebody else makes the same change in between, the document says so.
            Dictionary<string, AttributeValue>? found = await reader.FindAsync(table, place, cancellationToken).ConfigureAwait(false);
            if (await documents.ExistsAsync(amendment.Document, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            BillingRecord? stored = found is not null && form.FieldsOf(found) is { } fields ? RecordItem.Read(fields) : null;
            if (!amendment.Fits(stored))
            {
                throw amendment.Lost("dynamodb:" + table);
            }

            IEnumerable<TransactWriteItem> changes = await ChangesAsync(found, stored, becomes, amendment, cancellationToken).ConfigureAwait(false);
            if (months is not null && amendment.To is { } noted)
            {
                await months.NoteAsync([OwnForm.MonthOf(noted.Date)], cancellationToken).ConfigureAwait(false);
            }

            document ??= await documents.WriteOfAsync(amendment.Document, cancellationToken).ConfigureAwait(false);
            if (await TryWriteAsync([.. changes, document], amendment, cancellationToken).ConfigureAwait(false) is not { } failed)
            {
                return;
            }

            await retries.WaitAsync(table, failures, failed, cancellationToken).ConfigureAwait(false);
        }
    }

    private Dictionary<string, AttributeValue> ItemOf(BillingRecord record, string writeId)
    {
        ItemBuilder item = form.Write(record, writeId);
        return (item.Refusal ?? (item.Size > ItemBuilder.MaxItemSize ? ItemBuilder.TooLarge(item.Size) : null)) is { } refusal ? throw Unchangeable(record, refusal) : item.Item;
    }

    private async Task<IEnumerable<TransactWriteItem>> ChangesAsync(
        Dictionary<string, AttributeValue>? found, BillingRecord? stored, Dictionary<string, AttributeValue>? becomes, RecordAmendment amendment, CancellationToken cancellationToken)
    {
        if (stored is not null && becomes is null)
        {
            return [_changes.Remove(found!)];
        }

        if (stored is not null && ItemKeys.Pack(found!, form.KeyNames) == ItemKeys.Pack(becomes!, form.KeyNames))
        {
            return [_changes.Change(found!, stored, becomes!)];
        }

        // Only in a table with a layout another item can be in the way.
        Dictionary<string, AttributeValue>? taken = stored is null ? found : await reader.FindAsync(table, ItemKeys.Of(becomes!, form.KeyNames), cancellationToken).ConfigureAwait(false);
        return taken is not null
            ? throw Unchangeable(amendment.To!, "The table holds another item with its key. Nothing was overwritten. Correct the layout, or delete the item.")
            : stored is null ? [_changes.Add(becomes!)] : _changes.Move(found!, stored, becomes!);
    }

    // Returns the answer that a condition failed or that it may pass, or null if the amendment is made.
    private async Task<Exception?> TryWriteAsync(List<TransactWriteItem> writes, RecordAmendment amendment, CancellationToken cancellationToken)
    {
        try
        {
            await retries.CallAsync(table, token => client.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = writes }, token), cancellationToken, letAnswersThrough: true).ConfigureAwait(false);
            return null;
        }
        catch (TransactionCanceledException exception)
        {
            CancellationReason? lasting = exception.CancellationReasons?.Find(reason => reason?.Code is not (null or "" or "None" or "ConditionalCheckFailed") && !DynamoErrors.IsPassing(reason.Code));
            return lasting is null ? exception : throw Unchangeable((amendment.To ?? amendment.From)!, lasting.Message ?? lasting.Code);
        }
        catch (AmazonDynamoDBException exception)
        {
            throw DynamoErrors.Of(exception, table);
        }
    }

    private BillingException Unchangeable(BillingRecord record, string why) =>
        new($"dynamodb:{table}: the record of {record.Source.Name}, line {record.Source.Line} cannot be changed. {why}");
}
