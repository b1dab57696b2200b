using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Alerts;

/// <summary>Gives alerts to senders. Each change is conditional on what was read consistently just before, so that of two senders that claim an alert, one gets it.</summary>
internal sealed class AlertItems(IAmazonDynamoDB client, ItemReader reader, Retries retries, Tables tables, AlertPlace place)
{
    // Others may claim meanwhile what is read from the index, so one request reads some more.
    private const int Spare = 20;

    /// <summary>Writes alerts that are due immediately to an item.</summary>
    public void WriteTo(ItemBuilder item, IReadOnlyList<BillingAlert> alerts)
    {
        item.Text(place.Hash, place.Unsent);
        item.Text(place.Range, InstantText.Of(alerts[0].RaisedAt));
        item.Text(place.Alerts, AlertJson.Write(alerts));
    }

    /// <summary>Creates a separate item for the alerts of a record.</summary>
    public ItemBuilder ItemOf(IReadOnlyList<BillingAlert> alerts)
    {
        ItemBuilder item = new();
        item.Text(place.Key, place.KeyPrefix + alerts[0].RecordKey);
        WriteTo(item, alerts);
        return item;
    }

    /// <summary>Claims the alerts that are due.</summary>
    public async Task<IReadOnlyList<BillingAlert>> ClaimAsync(int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken)
    {
        BillingAlert.CheckClaim(most, lease);
        await tables.ReadyAsync(cancellationToken).ConfigureAwait(false);
        QueryRequest request = new()
        {
            TableName = place.Table,
            IndexName = place.Index,
            KeyConditionExpression = "#h = :h AND #r <= :now",
            ExpressionAttributeNames = new Dictionary<string, string> { ["#h"] = place.Hash, ["#r"] = place.Range },
            ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":h"] = new() { S = place.Unsent }, [":now"] = new() { S = InstantText.Of(now) } },
            Limit = most + Spare,
        };
        List<BillingAlert> claimed = [];
        do
        {
            QueryResponse response = await retries.CallAsync(place.Table, token => client.QueryAsync(request, token), cancellationToken).ConfigureAwait(false);
            foreach (Dictionary<string, AttributeValue> found in response.Items ?? [])
            {
                RecordKey key = RecordKey.Parse(RecordItem.Required(found, place.Key)[place.KeyPrefix.Length..]);
                claimed.AddRange(await ClaimAsync(key, most - claimed.Count, now, lease, cancellationToken).ConfigureAwait(false));
                if (claimed.Count == most)
                {
                    return claimed;
                }
            }

            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return claimed;
    }

    /// <summary>Records that an alert was sent.</summary>
    public Task ConfirmAsync(BillingAlert alert, DateTimeOffset sentAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return ChangeAsync(alert, kept => kept.Confirmed(sentAt), cancellationToken);
    }

    /// <summary>Records that an alert could not be sent.</summary>
    public Task FailAsync(BillingAlert alert, string error, DateTimeOffset retryAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(error);
        return ChangeAsync(alert, kept => kept.Failed(alert, error, retryAt), cancellationToken);
    }

    /// <summary>Returns the alerts of a record.</summary>
    public async Task<IReadOnlyList<BillingAlert>> OfAsync(RecordKey key, CancellationToken cancellationToken)
    {
        await tables.ReadyAsync(cancellationToken).ConfigureAwait(false);
        return await FindAsync(key, cancellationToken).ConfigureAwait(false) is { } text ? AlertJson.Read(text, key) : [];
    }

    /// <summary>Returns the writes that give the alerts of a record its new key, on condition that no sender changes them meanwhile.</summary>
    public async Task<IReadOnlyList<TransactWriteItem>> MoveAsync(RecordKey from, RecordKey to, CancellationToken cancellationToken)
    {
        if (await reader.FindAsync(place.Table, KeyOf(from), cancellationToken).ConfigureAwait(false) is not { } item)
        {
            return [];
        }

        return
        [
            new()
            {
                Delete = new()
                {
                    TableName = place.Table,
                    Key = KeyOf(from),
                    ConditionExpression = "#alerts = :old",
                    ExpressionAttributeNames = new() { ["#alerts"] = place.Alerts },
                    ExpressionAttributeValues = new() { [":old"] = item[place.Alerts] },
                },
            },
            new() { Put = new() { TableName = place.Table, Item = new(item, StringComparer.Ordinal) { [place.Key] = KeyOf(to)[place.Key] } } },
        ];
    }

    // Replaces an alert by what a confirmation or a failure makes of it.
    private async Task ChangeAsync(BillingAlert alert, Func<BillingAlert, BillingAlert?> change, CancellationToken cancellationToken)
    {
        await tables.ReadyAsync(cancellationToken).ConfigureAwait(false);
        for (int failures = 1; ; failures++)
        {
            if (await FindAsync(alert.RecordKey, cancellationToken).ConfigureAwait(false) is not { } old)
            {
                return;
            }

            List<BillingAlert> alerts = AlertJson.Read(old, alert.RecordKey);
            int index = alerts.FindIndex(kept => kept.Id == alert.Id);
            if (index < 0 || change(alerts[index]) is not { } changed)
            {
                return;
            }

            alerts[index] = changed;
            if (await TryReplaceAsync(alert.RecordKey, old, alerts, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            await retries.WaitAsync(place.Table, failures, new BillingException("Several senders changed the alerts of one record at once"), cancellationToken).ConfigureAwait(false);
        }
    }

    // A sender that lost against another claims nothing: the other sender has the alert.
    private async Task<List<BillingAlert>> ClaimAsync(RecordKey key, int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken)
    {
        if (await FindAsync(key, cancellationToken).ConfigureAwait(false) is not { } old)
        {
            return [];
        }

        List<BillingAlert> alerts = AlertJson.Read(old, key);
        List<BillingAlert> claimed = [];
        for (int i = 0; i < alerts.Count && claimed.Count < most; i++)
        {
            if (alerts[i].DueAt <= now)
            {
                alerts[i] = alerts[i].Claimed(now, lease);
                claimed.Add(alerts[i]);
            }
        }

        return claimed.Count > 0 && await TryReplaceAsync(key, old, alerts, cancellationToken).ConfigureAwait(false) ? claimed : [];
    }

    private async Task<string?> FindAsync(RecordKey key, CancellationToken cancellationToken) =>
        await reader.FindAsync(place.Table, KeyOf(key), cancellationToken).ConfigureAwait(false) is { } item ? ItemBuilder.ReadText(item, place.Alerts) : null;

    private async Task<bool> TryReplaceAsync(RecordKey key, string old, List<BillingAlert> alerts, CancellationToken cancellationToken)
    {
        UpdateItemRequest request = new()
        {
            TableName = place.Table,
            Key = KeyOf(key),
            ConditionExpression = "#alerts = :old",
            UpdateExpression = "SET #alerts = :new REMOVE #h, #r",
            ExpressionAttributeNames = new Dictionary<string, string> { ["#alerts"] = place.Alerts, ["#h"] = place.Hash, ["#r"] = place.Range },
            ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":old"] = new() { S = old }, [":new"] = new() { S = AlertJson.Write(alerts) } },
        };
        if (alerts.Min(alert => alert.DueAt) is { } due)
        {
            request.UpdateExpression = "SET #alerts = :new, #h = :h, #r = :due";
            request.ExpressionAttributeValues.Add(":h", new AttributeValue { S = place.Unsent });
            request.ExpressionAttributeValues.Add(":due", new AttributeValue { S = InstantText.Of(due) });
        }

        try
        {
            await retries.CallAsync(place.Table, token => client.UpdateItemAsync(request, token), cancellationToken, letAnswersThrough: true).ConfigureAwait(false);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    private Dictionary<string, AttributeValue> KeyOf(RecordKey key) => new() { [place.Key] = new AttributeValue { S = place.KeyPrefix + key } };
}
