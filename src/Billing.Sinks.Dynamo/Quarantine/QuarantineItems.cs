using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Quarantine;

/// <summary>Stores and lists quarantined records.</summary>
internal sealed class QuarantineItems(
    IAmazonDynamoDB client, ItemReader reader, ItemWriter writer, LargeBytes bytes, Retries retries, DynamoSinkOptions options, TimeProvider time)
{
    /// <summary>The attributes of a quarantined row that may change, and the one that says whether they may.</summary>
    public static readonly IReadOnlyList<string> Changing = ["reason", "detail", "currency_code", "amount", "amount_scale", Names.ResolvedBy];

    private const string Raw = "raw";
    private const string Header = "header";
    private readonly string _table = options.LedgerTable;

    /// <summary>Keeps records, each once by its key. A record that is already there and open takes the latest reason.</summary>
    public async Task AddAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken)
    {
        List<PendingPut> puts = [];
        foreach (QuarantinedRecord record in records.DistinctBy(record => record.Key))
        {
            ItemBuilder item = await BuildAsync(record, cancellationToken).ConfigureAwait(false);
            puts.Add(item.Refusal is { } refusal ? throw Unkept(record.Source, refusal) : new PendingPut(item));
        }

        await writer.WriteAsync(puts, cancellationToken).ConfigureAwait(false);
        if (puts.Find(put => put.Refusal is not null) is { } refused)
        {
            throw Unkept(SourceOf(refused.Item), refused.Refusal!);
        }

        await new ParallelismOf(options.Concurrency).ForEachAsync(puts.Where(IsOutdated), UpdateAsync, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsOutdated(PendingPut put) =>
        put.Existing is { } kept
        && !kept.ContainsKey(Names.ResolvedBy)
        && (ItemBuilder.ReadText(kept, "reason"), ItemBuilder.ReadText(kept, "detail")) != (ItemBuilder.ReadText(put.Item, "reason"), ItemBuilder.ReadText(put.Item, "detail"));

    private Task UpdateAsync(PendingPut put, CancellationToken cancellationToken)
    {
        string[] names = [.. Changing.Where(name => name != Names.ResolvedBy)];
        string set = string.Join(", ", names.Where(put.Item.ContainsKey).Select(name => $"#{name} = :{name}"));
        string[] gone = [.. names.Where(name => !put.Item.ContainsKey(name)).Select(name => "#" + name)];
        UpdateItemRequest request = new()
        {
            TableName = _table,
            Key = new Dictionary<string, AttributeValue> { [Names.Key] = put.Item[Names.Key] },
            UpdateExpression = $"SET {set}" + (gone.Length == 0 ? "" : " REMOVE " + string.Join(", ", gone)),
            ExpressionAttributeNames = names.ToDictionary(name => "#" + name),
            ExpressionAttributeValues = names.Where(put.Item.ContainsKey).ToDictionary(name => ":" + name, name => put.Item[name]),
        };
        return ChangeOpenAsync(request, cancellationToken);
    }

    /// <summary>Closes records. Records that are closed already stay as they are.</summary>
    public Task ResolveAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken) =>
        new ParallelismOf(options.Concurrency).ForEachAsync(keys.Distinct(), (key, token) => ResolveAsync(key, resolution, token), cancellationToken);

    /// <summary>Opens records again that were closed with exactly this resolution.</summary>
    public Task ReopenAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken) =>
        new ParallelismOf(options.Concurrency).ForEachAsync(keys.Distinct(), (key, token) => ReopenAsync(key, resolution, token), cancellationToken);

    /// <summary>Replaces the texts of records that are there.</summary>
    public Task ReplaceAsync(IReadOnlyList<QuarantinedRecord> rows, CancellationToken cancellationToken) =>
        new ParallelismOf(options.Concurrency).ForEachAsync(rows.DistinctBy(row => row.Key), ReplaceAsync, cancellationToken);

    /// <summary>Returns one page, by source, then byte offset, then key.</summary>
    public async Task<Page<QuarantinedRecord>> QueryAsync(QuarantineQuery query, CancellationToken cancellationToken)
    {
        PageBuilder<QuarantinedRecord, QuarantinePosition> page = StorePages.Of(query);
        if (query.Key is { } key)
        {
            return await FindAsync(query, key, cancellationToken).ConfigureAwait(false);
        }

        string? after = page.TryGetAfter(out QuarantinePosition position) ? QuarantineOrder.Of(position) : null;
        (string? first, string? last) = query.SourceName is { } source ? QuarantineOrder.RangeOf(source) : (null, null);
        await foreach (Dictionary<string, AttributeValue> item in reader.QueryAsync(_table, IndexRange.OfMonth(Names.Quarantine, after ?? first, last), null, cancellationToken).ConfigureAwait(false))
        {
            if (ItemBuilder.ReadText(item, Names.Position) == after)
            {
                continue;
            }

            QuarantinedRecord record = await ReadAsync(item, cancellationToken).ConfigureAwait(false);
            if (query.Matches(record) && !page.Add(record))
            {
                break;
            }
        }

        return page.ToPage();
    }

    private async Task<Page<QuarantinedRecord>> FindAsync(QuarantineQuery query, RecordKey key, CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue> itemKey = new() { [Names.Key] = new AttributeValue { S = KeyOf(key) } };
        return await reader.FindAsync(_table, itemKey, cancellationToken).ConfigureAwait(false) is { } item
            && await ReadAsync(item, cancellationToken).ConfigureAwait(false) is var record
            && query.Matches(record)
            ? new Page<QuarantinedRecord>([record], null)
            : new Page<QuarantinedRecord>([], null);
    }

    private static BillingException Unkept(RecordSource source, string refusal) => new($"{source} cannot be kept in quarantine: {refusal}");

    private static string KeyOf(RecordKey key) => $"{Names.Quarantine}#{key}";

    private static RecordSource SourceOf(Dictionary<string, AttributeValue> item) =>
        new(RecordItem.Required(item, Names.Source), RecordItem.Int64(item, "line"), RecordItem.Int64(item, "byte_offset"));

    private async Task<ItemBuilder> BuildAsync(QuarantinedRecord record, CancellationToken cancellationToken)
    {
        ItemBuilder item = new();
        item.Text(Names.Key, KeyOf(record.Key));
        item.Text(Names.Month, Names.Quarantine);
        item.Text(Names.Position, QuarantineOrder.Of(QuarantinePosition.Of(record)));
        item.Text("run_id", record.RunId);
        item.Text(Names.Source, record.Source.Name);
        item.Number("line", record.Source.Line);
        item.Number("byte_offset", record.Source.ByteOffset);
        item.Text("scope", record.Scope);
        item.Text("reason", record.Reason);
        item.Text("detail", record.Detail);
        item.Number("raw_bytes", record.RawLength);
        item.Text("format", record.Format.ToString());
        item.Number("separator", record.Separator);
        item.Text("currency_code", record.CurrencyCode);
        item.Text("kept_at", Now());
        if (record.Amount is { } amount)
        {
            item.Exact("amount", amount);
        }

        await bytes.WriteAsync(item, Raw, record.Raw, cancellationToken).ConfigureAwait(false);
        if (record.Header is { } header)
        {
            item.Number("header_is_there", 1);
            await bytes.WriteAsync(item, Header, Encoding.UTF8.GetBytes(header), cancellationToken).ConfigureAwait(false);
        }

        return item;
    }

    private async Task<QuarantinedRecord> ReadAsync(Dictionary<string, AttributeValue> item, CancellationToken cancellationToken) => new()
    {
        Key = RecordKey.Parse(RecordItem.Required(item, Names.Key)[(Names.Quarantine.Length + 1)..]),
        RunId = RecordItem.Required(item, "run_id"),
        Source = SourceOf(item),
        Scope = ItemBuilder.ReadText(item, "scope"),
        Reason = RecordItem.Required(item, "reason"),
        Detail = RecordItem.Required(item, "detail"),
        Raw = await bytes.ReadAsync(item, Raw, cancellationToken).ConfigureAwait(false),
        RawLength = RecordItem.Int64(item, "raw_bytes"),
        Format = Enum.Parse<SourceFormat>(RecordItem.Required(item, "format")),
        Header = item.ContainsKey("header_is_there") ? Encoding.UTF8.GetString(await bytes.ReadAsync(item, Header, cancellationToken).ConfigureAwait(false)) : null,
        Separator = item.ContainsKey("separator") ? (char)RecordItem.Int64(item, "separator") : null,
        Amount = item.ContainsKey("amount") ? ItemBuilder.ReadExact(item, "amount") : null,
        CurrencyCode = ItemBuilder.ReadText(item, "currency_code"),
        Resolution = ItemBuilder.ReadText(item, Names.ResolvedBy),
    };

    private async Task ReplaceAsync(QuarantinedRecord row, CancellationToken cancellationToken)
    {
        ItemBuilder item = new();
        item.Text("detail", row.Detail);
        item.Text(Names.ResolvedBy, row.Resolution);
        item.Text(Names.ResolvedAt, row.Resolution is null ? null : Now());
        await bytes.WriteAsync(item, Raw, row.Raw, cancellationToken).ConfigureAwait(false);
        if (row.Header is { } header)
        {
            item.Number("header_is_there", 1);
            await bytes.WriteAsync(item, Header, Encoding.UTF8.GetBytes(header), cancellationToken).ConfigureAwait(false);
        }

        string[] names = ["detail", Names.ResolvedBy, Names.ResolvedAt, "header_is_there", .. LargeBytes.NamesOf(Raw), .. LargeBytes.NamesOf(Header)];
        string[] gone = [.. names.Where(name => !item.Item.ContainsKey(name)).Select(name => "#" + name)];
        UpdateItemRequest request = new()
        {
            TableName = _table,
            Key = new Dictionary<string, AttributeValue> { [Names.Key] = new() { S = KeyOf(row.Key) } },
            UpdateExpression = $"SET {string.Join(", ", names.Where(item.Item.ContainsKey).Select(name => $"#{name} = :{name}"))}" + (gone.Length == 0 ? "" : " REMOVE " + string.Join(", ", gone)),
            ConditionExpression = "attribute_exists(#key)",
            ExpressionAttributeNames = names.Append(Names.Key).ToDictionary(name => name == Names.Key ? "#key" : "#" + name),
            ExpressionAttributeValues = names.Where(item.Item.ContainsKey).ToDictionary(name => ":" + name, name => item.Item[name]),
        };
        await ChangeAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private Task ResolveAsync(RecordKey key, string resolution, CancellationToken cancellationToken)
    {
        UpdateItemRequest request = new()
        {
            TableName = _table,
            Key = new Dictionary<string, AttributeValue> { [Names.Key] = new() { S = KeyOf(key) } },
            UpdateExpression = "SET #by = :by, #at = :at",
            ExpressionAttributeNames = new Dictionary<string, string> { ["#at"] = Names.ResolvedAt },
            ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":by"] = new() { S = resolution }, [":at"] = new() { S = Now() } },
        };
        return ChangeOpenAsync(request, cancellationToken);
    }

    private Task ReopenAsync(RecordKey key, string resolution, CancellationToken cancellationToken) => ChangeAsync(
        new()
        {
            TableName = _table,
            Key = new Dictionary<string, AttributeValue> { [Names.Key] = new() { S = KeyOf(key) } },
            UpdateExpression = "REMOVE #by, #at",
            ConditionExpression = "#by = :by",
            ExpressionAttributeNames = new Dictionary<string, string> { ["#by"] = Names.ResolvedBy, ["#at"] = Names.ResolvedAt },
            ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":by"] = new() { S = resolution } },
        },
        cancellationToken);

    private Task ChangeOpenAsync(UpdateItemRequest request, CancellationToken cancellationToken)
    {
        request.ConditionExpression = "attribute_exists(#key) AND attribute_not_exists(#by)";
        request.ExpressionAttributeNames["#key"] = Names.Key;
        request.ExpressionAttributeNames["#by"] = Names.ResolvedBy;
        return ChangeAsync(request, cancellationToken);
    }

    private async Task ChangeAsync(UpdateItemRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await retries.CallAsync(_table, token => client.UpdateItemAsync(request, token), cancellationToken, letAnswersThrough: true).ConfigureAwait(false);
        }
        catch (ConditionalCheckFailedException)
        {
            // The record does not exist, or is closed already, or in another way: it stays as it is.
            return;
        }
        catch (AmazonDynamoDBException exception) when (DynamoErrors.IsInvalid(exception))
        {
            throw DynamoErrors.Of(exception, _table);
        }
    }

    private string Now() => time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
}
