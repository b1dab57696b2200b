using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Writing;

/// <summary>Puts items where none exists, many at once: in transactions, or one by one. Never overwrites.</summary>
internal sealed class ItemWriter(
    IAmazonDynamoDB client, ItemReader reader, Retries retries, DynamoSinkOptions options, string table, IReadOnlyList<string> keyNames, IReadOnlyList<string> identityNames)
{
    // DynamoDB accepts 4 MiB in one transaction; the names in expressions count too.
    private const long MaxTransactionSize = 4_000_000;

    private readonly ParallelismOf _parallelism = new(options.Concurrency);
    private readonly string[] _fetched = [.. keyNames.Concat(identityNames)];
    private bool _expectExisting;

    /// <summary>Decides every put: stored, met an existing item, or refused.</summary>
    /// <exception cref="BillingException">DynamoDB failed for too long. Stored items stay stored.</exception>
    public async Task WriteAsync(IReadOnlyList<PendingPut> puts, CancellationToken cancellationToken)
    {
        // Existing items tend to come together: a file that is read again. Looking first costs a tenth of a failed write.
        int size = options.Concurrency * ItemReader.MaxKeys;
        for (int start = 0; start < puts.Count; start += size)
        {
            List<PendingPut> segment = [.. puts.Skip(start).Take(size)];
            if (_expectExisting)
            {
                await _parallelism.ForEachAsync(segment.Chunk(ItemReader.MaxKeys), LookUpAsync, cancellationToken).ConfigureAwait(false);
            }

            await _parallelism.ForEachAsync(Transactions(segment.Where(put => !put.IsDecided)), PutAsync, cancellationToken).ConfigureAwait(false);
            _expectExisting = segment.Count(put => put.Existing is not null) * 2 > segment.Count;
        }
    }

    private IEnumerable<List<PendingPut>> Transactions(IEnumerable<PendingPut> puts)
    {
        List<PendingPut> transaction = [];
        int items = 0;
        long size = 0;
        foreach (PendingPut put in puts)
        {
            if (transaction.Count > 0 && (items + put.Items > options.RecordsPerTransaction || size + put.Size > MaxTransactionSize))
            {
                yield return transaction;
                transaction = [];
                items = 0;
                size = 0;
            }

            transaction.Add(put);
            items += put.Items;
            size += put.Size;
        }

        if (transaction.Count > 0)
        {
            yield return transaction;
        }
    }

    private static IEnumerable<Put> Companions(IEnumerable<PendingPut> puts) => puts.Where(put => put.Companion is not null).Select(put => put.Companion!);

    private async Task LookUpAsync(IReadOnlyList<PendingPut> puts, CancellationToken cancellationToken)
    {
        Dictionary<string, PendingPut> byKey = puts.ToDictionary(put => ItemKeys.TextOf(put.Item, keyNames), StringComparer.Ordinal);
        foreach (Dictionary<string, AttributeValue> item in await reader.FindAsync(table, puts.Select(put => ItemKeys.Of(put.Item, keyNames)), _fetched, cancellationToken).ConfigureAwait(false))
        {
            byKey[ItemKeys.TextOf(item, keyNames)].Met(item);
        }
    }

    private async Task PutAsync(IReadOnlyList<PendingPut> puts, CancellationToken cancellationToken)
    {
        List<PendingPut> left = [.. puts];
        int failures = 0;
        AmazonDynamoDBException? invalid = null;
        while (left.Count > 1 || (left.Count == 1 && left[0].Companion is not null))
        {
            int before = left.Count;
            TransactionCanceledException cancelled;
            try
            {
                TransactWriteItemsRequest request = new() { TransactItems = [.. left.Select(Conditional).Concat(Companions(left)).Select(put => new TransactWriteItem { Put = put })] };
                await retries.CallAsync(table, token => client.TransactWriteItemsAsync(request, token), cancellationToken, letAnswersThrough: true).ConfigureAwait(false);
                left.ForEach(put => put.Stored());
                return;
            }
            catch (TransactionCanceledException exception)
            {
                cancelled = exception;
            }
            catch (AmazonDynamoDBException exception) when (DynamoErrors.IsInvalid(exception))
            {
                // One item invalidates the request, and the error does not say which one.
                invalid = exception;
                break;
            }

            bool mustWait = await DecideAsync(left, cancelled, cancellationToken).ConfigureAwait(false);
            left.RemoveAll(put => put.IsDecided);
            failures = left.Count < before ? 0 : failures + 1;
            if (mustWait)
            {
                await retries.WaitAsync(table, Math.Max(1, failures), cancelled, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (PendingPut put in left)
        {
            if (put.Companion is null)
            {
                await PutOneAsync(put, cancellationToken).ConfigureAwait(false);
            }
            else if (left.Count > 1)
            {
                await PutAsync([put], cancellationToken).ConfigureAwait(false);
            }
            else
            {
                put.Refused(invalid!.Message);
            }
        }
    }

    /// <summary>Reads the decisions of a cancelled transaction.</summary>
    /// <returns>Whether to wait before the rest is tried again.</returns>
    private async Task<bool> DecideAsync(List<PendingPut> puts, TransactionCanceledException cancelled, CancellationToken cancellationToken)
    {
        if (cancelled.CancellationReasons is not { } reasons || reasons.Count != puts.Sum(put => put.Items))
        {
            // Without a reason for each item, what is stored decides; the rest is tried again.
            await LookUpAsync(puts, cancellationToken).ConfigureAwait(false);
            return true;
        }

        bool mustWait = false;
        for (int i = 0; i < puts.Count; i++)
        {
            switch (reasons[i]?.Code)
            {
                case null or "" or "None":
                    break;
                case "ConditionalCheckFailed":
                    if ((reasons[i].Item is { Count: > 0 } item ? item : await FindAsync(puts[i], cancellationToken).ConfigureAwait(false)) is { } existing)
                    {
                        puts[i].Met(existing);
                    }
                    else
                    {
                        mustWait = true;
                    }

                    break;
                case "ValidationError" or "ItemCollectionSizeLimitExceeded":
                    puts[i].Refused(reasons[i].Message ?? reasons[i].Code);
                    break;
                case string code when DynamoErrors.IsPassing(code):
                    mustWait = true;
                    break;
                default:
                    throw DynamoErrors.Of(cancelled, table);
            }
        }

        foreach (CancellationReason reason in reasons.Skip(puts.Count))
        {
            // Companion items have no condition.
            mustWait |= DynamoErrors.IsPassing(reason?.Code) ? true : reason?.Code is null or "" or "None" ? false : throw DynamoErrors.Of(cancelled, table);
        }

        // There is no reason at all: it is tried again, but not at once and not without end.
        return mustWait || !puts.Exists(put => put.IsDecided);
    }

    private async Task PutOneAsync(PendingPut put, CancellationToken cancellationToken)
    {
        Put conditional = Conditional(put);
        PutItemRequest request = new()
        {
            TableName = conditional.TableName,
            Item = conditional.Item,
            ConditionExpression = conditional.ConditionExpression,
            ExpressionAttributeNames = conditional.ExpressionAttributeNames,
            ReturnValuesOnConditionCheckFailure = conditional.ReturnValuesOnConditionCheckFailure,
        };
        for (int failures = 1; !put.IsDecided; failures++)
        {
            try
            {
                await retries.CallAsync(table, token => client.PutItemAsync(request, token), cancellationToken, letAnswersThrough: true).ConfigureAwait(false);
                put.Stored();
            }
            catch (ConditionalCheckFailedException exception)
            {
                // Old releases of DynamoDB Local do not return the item.
                if ((exception.Item is { Count: > 0 } item ? item : await FindAsync(put, cancellationToken).ConfigureAwait(false)) is { } existing)
                {
                    put.Met(existing);
                }
                else
                {
                    await retries.WaitAsync(table, failures, exception, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (AmazonDynamoDBException exception) when (DynamoErrors.IsInvalid(exception))
            {
                put.Refused(exception.Message);
            }
        }
    }

    private Task<Dictionary<string, AttributeValue>?> FindAsync(PendingPut put, CancellationToken cancellationToken) =>
        reader.FindAsync(table, ItemKeys.Of(put.Item, keyNames), cancellationToken);

    private Put Conditional(PendingPut put) => new()
    {
        TableName = table,
        Item = put.Item,
        ConditionExpression = "attribute_not_exists(#key)",
        ExpressionAttributeNames = new Dictionary<string, string> { ["#key"] = keyNames[0] },
        ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
    };
}
