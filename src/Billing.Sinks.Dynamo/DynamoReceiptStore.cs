using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Billing.Sinks.Dynamo;

/// <summary>A store of receipts in one DynamoDB table, with the SHA-256 of the bytes as the key.</summary>
/// <remarks>
/// Each upload is one conditional write of the receipt's item, which also holds its uploads and its alerts. An item has room for about 6,000 uploads.
/// Decisions use consistent reads. The listing follows an index, which DynamoDB updates within moments.
/// </remarks>
public sealed class DynamoReceiptStore : IReceiptStore, IAlertStore, IDisposable
{
    private readonly IAmazonDynamoDB _client;
    private readonly string _table;
    private readonly TimeProvider _time;
    private readonly Retries _retries;
    private readonly ItemReader _reader;
    private readonly Tables _tables;
    private readonly AlertItems _alerts;

    /// <summary>Creates a store in the table that the options name. The table is checked on first use. The caller disposes the client.</summary>
    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
    public DynamoReceiptStore(IAmazonDynamoDB client, DynamoReceiptStoreOptions? options = null, TimeProvider? timeProvider = null, ILogger<DynamoReceiptStore>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        DynamoSinkOptions settings = (options ?? new DynamoReceiptStoreOptions()).Checked();
        ILogger log = (ILogger?)logger ?? NullLogger.Instance;
        _client = client;
        _table = settings.TableName;
        _time = timeProvider ?? TimeProvider.System;
        _retries = new Retries(settings, _time, log);
        _reader = new ItemReader(client, _retries);
        _tables = new Tables(client, _retries, settings, _time, log, [ReceiptFields.Shape(_table)]);
        _alerts = new AlertItems(client, _reader, _retries, _tables, new AlertPlace(
            _table, ReceiptFields.Id, "", ReceiptFields.ByAlert, ReceiptFields.AlertState, "unsent", ReceiptFields.AlertDue, ReceiptFields.AlertList));
    }

    /// <summary>Returns the shape of the table.</summary>
    public override string ToString() => $"dynamodb:{_table}";

    /// <inheritdoc/>
    /// <exception cref="BillingException">The table is missing or has another shape, access is denied, or DynamoDB failed for too long.</exception>
    public async ValueTask<ReceiptOutcome> AddReceiptAsync(Receipt receipt, ReceiptUpload upload, CancellationToken cancellationToken = default)
    {
        ReceiptRules.Check(receipt, upload);
        await _tables.ReadyAsync(cancellationToken).ConfigureAwait(false);

        // Identifies the call that wrote an item. If the answer is lost, the retry recognises its own write instead of a repetition.
        string writeId = Guid.NewGuid().ToString("N");
        Receipt first = ReceiptRules.AsFirst(receipt);
        for (int failures = 1; ; failures++)
        {
            Dictionary<string, AttributeValue>? existing = await _reader.FindAsync(_table, KeyOf(receipt.Id), cancellationToken).ConfigureAwait(false);
            if (existing is not null && ReceiptFields.HasUpload(existing, upload))
            {
                return ItemBuilder.ReadText(existing, ReceiptFields.WriteId) != writeId ? ReceiptOutcome.Repeated
                    : RecordItem.Int64(existing, ReceiptFields.Sightings) == 1 ? ReceiptOutcome.Stored
                    : ReceiptOutcome.Sighting;
            }

            bool isDone = existing is null
                ? await TryPutAsync(receipt, first, upload, writeId, cancellationToken).ConfigureAwait(false)
                : await TryCountAsync(first, ReceiptFields.Read(existing), existing.ContainsKey(ReceiptFields.LastSeen), upload, writeId, cancellationToken).ConfigureAwait(false);
            if (isDone)
            {
                return existing is null ? ReceiptOutcome.Stored : ReceiptOutcome.Sighting;
            }

            await _retries.WaitAsync(_table, failures, new BillingException("Several uploads changed a receipt at once"), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="AddReceiptAsync"/>.</exception>
    public async ValueTask<Receipt?> FindReceiptAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        await _tables.ReadyAsync(cancellationToken).ConfigureAwait(false);
        return await _reader.FindAsync(_table, KeyOf(id), cancellationToken).ConfigureAwait(false) is { } item ? ReceiptFields.Read(item) : null;
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="AddReceiptAsync"/>.</exception>
    public async ValueTask<Page<Receipt>> GetReceiptsAsync(PageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        PageBuilder<Receipt, byte[]> built = StorePages.Of<Receipt>(page, "receipts", receipt => ReceiptPosition.Of(receipt).ToBytes());
        ReceiptPosition? after = built.TryGetAfter(out byte[]? token) ? ReceiptPosition.Parse(token) : null;
        await _tables.ReadyAsync(cancellationToken).ConfigureAwait(false);
        QueryRequest request = new()
        {
            TableName = _table,
            IndexName = ReceiptFields.ByUpload,
            KeyConditionExpression = "#h = :h",
            ExpressionAttributeNames = new Dictionary<string, string> { ["#h"] = ReceiptFields.Ledger },
            ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":h"] = new() { S = ReceiptFields.InLedger } },
            ScanIndexForward = false,
            ExclusiveStartKey = after is not { } last ? null : new Dictionary<string, AttributeValue>
            {
                [ReceiptFields.Id] = new() { S = last.Id.ToString() },
                [ReceiptFields.Ledger] = new() { S = ReceiptFields.InLedger },
                [ReceiptFields.UploadDate] = new() { S = InstantText.Of(last.UploadedAt) },
            },
        };
        do
        {
            request.Limit = built.Limit;
            QueryResponse response = await _retries.CallAsync(_table, cancel => _client.QueryAsync(request, cancel), cancellationToken).ConfigureAwait(false);
            foreach (Dictionary<string, AttributeValue> item in response.Items ?? [])
            {
                built.Add(ReceiptFields.Read(item));
            }

            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (built.Limit > 0 && request.ExclusiveStartKey is { Count: > 0 });

        return built.ToPage();
    }

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="AddReceiptAsync"/>.</exception>
    public async ValueTask<IReadOnlyList<BillingAlert>> ClaimAlertsAsync(int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken = default) =>
        await _alerts.ClaimAsync(most, now, lease, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="AddReceiptAsync"/>.</exception>
    public async ValueTask ConfirmAlertAsync(BillingAlert alert, DateTimeOffset sentAt, CancellationToken cancellationToken = default) =>
        await _alerts.ConfirmAsync(alert, sentAt, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="AddReceiptAsync"/>.</exception>
    public async ValueTask FailAlertAsync(BillingAlert alert, string error, DateTimeOffset retryAt, CancellationToken cancellationToken = default) =>
        await _alerts.FailAsync(alert, error, retryAt, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="BillingException">As for <see cref="AddReceiptAsync"/>.</exception>
    public async ValueTask<IReadOnlyList<BillingAlert>> GetAlertsAsync(RecordKey key, CancellationToken cancellationToken = default) =>
        await _alerts.OfAsync(key, cancellationToken).ConfigureAwait(false);

    /// <summary>Releases the resources of the store; the client stays open.</summary>
    public void Dispose() => _tables.Dispose();

    private static Dictionary<string, AttributeValue> KeyOf(string id) => new() { [ReceiptFields.Id] = new AttributeValue { S = id } };

    private async Task<bool> TryPutAsync(Receipt receipt, Receipt first, ReceiptUpload upload, string writeId, CancellationToken cancellationToken)
    {
        ItemBuilder item = ReceiptFields.Write(first, upload, writeId);
        IReadOnlyList<BillingAlert> alerts = ReceiptRules.AlertsOf(receipt, _time.GetUtcNow());
        if (alerts.Count > 0)
        {
            _alerts.WriteTo(item, alerts);
        }

        if (item.Refusal is { } refusal)
        {
            throw new BillingException($"The receipt {receipt.Id} cannot be stored: {refusal}");
        }

        PutItemRequest request = new()
        {
            TableName = _table,
            Item = item.Item,
            ConditionExpression = "attribute_not_exists(#id)",
            ExpressionAttributeNames = new Dictionary<string, string> { ["#id"] = ReceiptFields.Id },
        };
        return await TryAsync(token => _client.PutItemAsync(request, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> TryCountAsync(Receipt seen, Receipt kept, bool hasLastSeen, ReceiptUpload upload, string writeId, CancellationToken cancellationToken)
    {
        bool isLast = seen.UploadedAt >= kept.LastSeenAt;
        UpdateItemRequest request = new()
        {
            TableName = _table,
            Key = KeyOf(seen.Id),

            // An item of another program enters the listing when it is first seen here.
            UpdateExpression = "SET #count = if_not_exists(#count, :one) + :one, #seen = :seen, #name = :name, #write = :write, #uploaded = :uploaded, #ledger = :ledger ADD #uploads :uploads",
            ConditionExpression = $"NOT contains(#uploads, :upload) AND {(hasLastSeen ? "#seen = :kept" : "attribute_not_exists(#seen)")}",
            ExpressionAttributeNames = new Dictionary<string, string>
            {
                ["#count"] = ReceiptFields.Sightings,
                ["#seen"] = ReceiptFields.LastSeen,
                ["#name"] = ReceiptFields.LastName,
                ["#write"] = ReceiptFields.WriteId,
                ["#uploaded"] = ReceiptFields.UploadDate,
                ["#ledger"] = ReceiptFields.Ledger,
                ["#uploads"] = ReceiptFields.Uploads,
            },
            ExpressionAttributeValues = new Dictionary<string, AttributeValue>
            {
                [":one"] = new() { N = "1" },
                [":seen"] = new() { S = InstantText.Of(isLast ? seen.UploadedAt : kept.LastSeenAt!.Value) },
                [":name"] = new() { S = isLast ? seen.FileName : kept.LastName },
                [":write"] = new() { S = writeId },
                [":uploaded"] = new() { S = InstantText.Of(kept.UploadedAt) },
                [":ledger"] = new() { S = ReceiptFields.InLedger },
                [":uploads"] = new() { SS = [upload.Id] },
                [":upload"] = new() { S = upload.Id },
            },
        };
        if (hasLastSeen)
        {
            request.ExpressionAttributeValues.Add(":kept", new AttributeValue { S = InstantText.Of(kept.LastSeenAt!.Value) });
        }

        return await TryAsync(token => _client.UpdateItemAsync(request, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> TryAsync<T>(Func<CancellationToken, Task<T>> write, CancellationToken cancellationToken)
    {
        try
        {
            await _retries.CallAsync(_table, write, cancellationToken, letAnswersThrough: true).ConfigureAwait(false);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
        catch (AmazonDynamoDBException exception) when (DynamoErrors.IsInvalid(exception))
        {
            throw DynamoErrors.Of(exception, _table);
        }
    }
}
