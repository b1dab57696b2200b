using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Records;

/// <summary>Gives records new keys and fingerprints: each in one write, or in one transaction with its alerts, on condition that it is unchanged since it was read.</summary>
internal sealed class ItemMoves(IAmazonDynamoDB client, ItemReader reader, Retries retries, IItemForm form, AlertItems alerts, string table)
{
    private const int AtOnce = 8;

    /// <exception cref="BillingException">A record exists neither in its old form nor in its new one, or DynamoDB cannot hold it.</exception>
    public Task ApplyAsync(IReadOnlyList<RecordMove> moves, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        moves,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (move, token) => await ApplyAsync(move, token).ConfigureAwait(false));

    private async Task ApplyAsync(RecordMove move, CancellationToken cancellationToken)
    {
        ItemBuilder was = form.Write(move.From, "");
        ItemBuilder becomes = form.Write(move.To, Guid.NewGuid().ToString("N"));
        string? tooLarge = becomes.Size > ItemBuilder.MaxItemSize ? ItemBuilder.TooLarge(becomes.Size) : null;
        if ((was.Refusal ?? becomes.Refusal ?? tooLarge) is { } refusal)
        {
            throw new BillingException($"{table}: the record of {move.From.Source.Name}, line {move.From.Source.Line} cannot be moved. {refusal}");
        }

        Dictionary<string, AttributeValue> from = ItemKeys.Of(was.Item, form.KeyNames);
        bool samePlace = ItemKeys.TextOf(was.Item, form.KeyNames) == ItemKeys.TextOf(becomes.Item, form.KeyNames);
        for (int failures = 1; ; failures++)
        {
            Dictionary<string, AttributeValue>? found = await reader.FindAsync(table, from, cancellationToken).ConfigureAwait(false);
            if (RecordOf(found) is not { } stored || stored.Key != move.From.Key || stored.Fingerprint != move.From.Fingerprint)
            {
                Dictionary<string, AttributeValue>? moved = samePlace ? found : await reader.FindAsync(table, ItemKeys.Of(becomes.Item, form.KeyNames), cancellationToken).ConfigureAwait(false);
                if (move.IsDone(RecordOf(moved)))
                {
                    return;
                }

                throw move.Lost("dynamodb:" + table);
            }

            // Attributes of other programs stay in the item.
            Dictionary<string, AttributeValue> item = new(found!, StringComparer.Ordinal);
            foreach ((string name, AttributeValue value) in becomes.Item)
            {
                item[name] = value;
            }

            if (await TryWriteAsync(move, from, item, samePlace, cancellationToken).ConfigureAwait(false) is not { } lost)
            {
                return;
            }

            await retries.WaitAsync(table, failures, lost, cancellationToken).ConfigureAwait(false);
        }
    }

    // Returns the answer that a condition failed, or null if the move is done.
    private async Task<Exception?> TryWriteAsync(RecordMove move, Dictionary<string, AttributeValue> from, Dictionary<string, AttributeValue> item, bool samePlace, CancellationToken cancellationToken)
    {
        string path = string.Join('.', form.FingerprintPath.Select((_, i) => FormattableString.Invariant($"#f{i}")));
        Dictionary<string, string> names = form.FingerprintPath.Select((name, i) => (name, i)).ToDictionary(pair => FormattableString.Invariant($"#f{pair.i}"), pair => pair.name);
        Dictionary<string, AttributeValue> values = new() { [":was"] = new() { S = move.From.Fingerprint.ToString() } };
        List<TransactWriteItem> writes = [];
        if (samePlace)
        {
            writes.Add(new() { Put = new() { TableName = table, Item = item, ConditionExpression = $"{path} = :was", ExpressionAttributeNames = names, ExpressionAttributeValues = values } });
        }
        else
        {
            writes.Add(new() { Delete = new() { TableName = table, Key = from, ConditionExpression = $"{path} = :was", ExpressionAttributeNames = names, ExpressionAttributeValues = values } });
            writes.Add(new() { Put = new() { TableName = table, Item = item, ConditionExpression = "attribute_not_exists(#key)", ExpressionAttributeNames = new() { ["#key"] = form.KeyNames[0] } } });
        }

        if (move.ChangesKey && move.From.Alerts.Count > 0)
        {
            writes.AddRange(await alerts.MoveAsync(move.From.Key, move.To.Key, cancellationToken).ConfigureAwait(false));
        }

        try
        {
            await retries.CallAsync(table, token => client.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = writes }, token), cancellationToken, letAnswersThrough: true).ConfigureAwait(false);
            return null;
        }
        catch (TransactionCanceledException exception)
        {
            return exception;
        }
        catch (AmazonDynamoDBException exception)
        {
            throw DynamoErrors.Of(exception, table);
        }
    }

    private BillingRecord? RecordOf(Dictionary<string, AttributeValue>? item) => item is not null && form.FieldsOf(item) is { } fields ? RecordItem.Read(fields) : null;
}
