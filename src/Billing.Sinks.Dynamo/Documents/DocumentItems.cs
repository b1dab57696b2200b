using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Documents;

/// <summary>Stores and lists documents. A body that is too large for one item is stored before its document.</summary>
internal sealed class DocumentItems(IAmazonDynamoDB client, ItemReader reader, ItemWriter writer, LargeBytes bytes, Retries retries, string table)
{
    /// <summary>The attribute that tells an own document from that of another writer.</summary>
    public static readonly IReadOnlyList<string> Identity = [Names.WriteId];

    private const string Body = "body";

    // Sorts after every character of an id.
    private const string EndOfIds = "~";

    /// <summary>Stores a document that is not stored yet.</summary>
    /// <returns>Whether this call stored it.</returns>
    public async Task<bool> AddAsync(LedgerDocument document, CancellationToken cancellationToken)
    {
        // Bodies are stored under their hash. Nothing is stored for a document that is there already.
        if (await ExistsAsync(document, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        string writeId = Guid.NewGuid().ToString("N");
        PendingPut put = new(await BuildAsync(document, writeId, cancellationToken).ConfigureAwait(false));
        await writer.WriteAsync([put], cancellationToken).ConfigureAwait(false);
        return put.Refusal is { } refusal
            ? throw new BillingException($"The document {document} cannot be stored: {refusal}")
            : put.IsStored || ItemBuilder.ReadText(put.Existing!, Names.WriteId) == writeId;
    }

    /// <summary>Stores a document, or replaces it.</summary>
    public async Task PutAsync(LedgerDocument document, CancellationToken cancellationToken)
    {
        ItemBuilder item = await BuildAsync(document, Guid.NewGuid().ToString("N"), cancellationToken).ConfigureAwait(false);
        PutItemRequest request = new() { TableName = table, Item = item.Item };
        await retries.CallAsync(table, token => client.PutItemAsync(request, token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns what stores a document in a transaction, on condition that none is there. A large body is stored at once.</summary>
    public async Task<TransactWriteItem> WriteOfAsync(LedgerDocument document, CancellationToken cancellationToken) => new()
    {
        Put = new()
        {
            TableName = table,
            Item = (await BuildAsync(document, Guid.NewGuid().ToString("N"), cancellationToken).ConfigureAwait(false)).Item,
            ConditionExpression = "attribute_not_exists(#key)",
            ExpressionAttributeNames = new() { ["#key"] = Names.Key },
        },
    };

    /// <summary>Whether a document of that kind and id is stored, by a consistent read.</summary>
    public async Task<bool> ExistsAsync(LedgerDocument document, CancellationToken cancellationToken) =>
        (await reader.FindAsync(table, [KeyOf(document.Kind, document.Id)], [Names.Key], cancellationToken).ConfigureAwait(false)).Count > 0;

    /// <summary>Returns the document of a kind with an id, or null.</summary>
    public async Task<LedgerDocument?> FindAsync(string kind, string id, CancellationToken cancellationToken) =>
        id.Length is > 0 and <= LedgerDocument.LongestId
        && IsOfIds(id)
        && kind.Length <= LedgerDocument.LongestId
        && IsOfIds(kind)
        && await reader.FindAsync(table, KeyOf(kind, id), cancellationToken).ConfigureAwait(false) is { } item
        && RecordItem.Required(item, Names.Month) == MonthOf(kind)
            ? await ReadAsync(kind, item, cancellationToken).ConfigureAwait(false)
            : null;

    /// <summary>Returns one page of the documents of a kind, in the order of their ids.</summary>
    public async Task<Page<LedgerDocument>> QueryAsync(DocumentQuery query, CancellationToken cancellationToken)
    {
        PageBuilder<LedgerDocument, string> page = StorePages.Of(query);
        _ = page.TryGetAfter(out string? after);
        string? prefix = string.IsNullOrEmpty(query.IdPrefix) ? null : query.IdPrefix;
        if (prefix is not null && (prefix.Length > LedgerDocument.LongestId || !IsOfIds(prefix)))
        {
            return page.ToPage();
        }

        IndexRange all = IndexRange.OfMonth(MonthOf(query.Kind), prefix, prefix is null ? null : prefix + EndOfIds) with { IsDescending = query.LastFirst };
        IndexRange rest = after is null ? all : query.LastFirst ? all with { To = after } : all with { From = after };
        await foreach (Dictionary<string, AttributeValue> item in reader.QueryAsync(table, rest, page.Limit + 1, cancellationToken).ConfigureAwait(false))
        {
            if (ItemBuilder.ReadText(item, Names.Position) != after && !page.Add(await ReadAsync(query.Kind, item, cancellationToken).ConfigureAwait(false)))
            {
                break;
            }
        }

        return page.ToPage();
    }

    private static bool IsOfIds(string text) => !text.AsSpan().ContainsAnyExceptInRange('!', '}');

    private static string MonthOf(string kind) => $"{Names.Documents}#{kind}";

    private static Dictionary<string, AttributeValue> KeyOf(string kind, string id) => new() { [Names.Key] = new AttributeValue { S = $"{MonthOf(kind)}#{id}" } };

    private async Task<ItemBuilder> BuildAsync(LedgerDocument document, string writeId, CancellationToken cancellationToken)
    {
        ItemBuilder item = new();
        item.Text(Names.Key, KeyOf(document.Kind, document.Id)[Names.Key].S);
        item.Text(Names.Month, MonthOf(document.Kind));
        item.Text(Names.Position, document.Id);
        item.Text(Names.WriteId, writeId);
        await bytes.WriteAsync(item, Body, document.Body, cancellationToken).ConfigureAwait(false);
        return item;
    }

    private async Task<LedgerDocument> ReadAsync(string kind, Dictionary<string, AttributeValue> item, CancellationToken cancellationToken) =>
        new(kind, RecordItem.Required(item, Names.Position), await bytes.ReadAsync(item, Body, cancellationToken).ConfigureAwait(false));
}
