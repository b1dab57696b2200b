using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Records;

/// <summary>A part of an index: one hash key, and the positions between two limits, both included; null is open.</summary>
internal sealed record IndexRange(string Index, string HashName, string Hash, string? From = null, string? To = null, bool IsDescending = false)
{
    /// <summary>Whether the range is certainly empty. DynamoDB reports an error for such a range.</summary>
    public bool IsEmpty => From is not null && To is not null && UnicodeText.Order.Compare(From, To) > 0;

    /// <summary>Returns the range of the items of a kind, or of a month.</summary>
    public static IndexRange OfMonth(string month, string? from = null, string? to = null) => new(Names.ByMonth, Names.Month, month, from, to);

    /// <summary>Returns the request for the first page.</summary>
    public QueryRequest ToRequest(string table)
    {
        QueryRequest request = new()
        {
            TableName = table,
            IndexName = Index,
            ScanIndexForward = !IsDescending,
            ExpressionAttributeNames = new Dictionary<string, string> { ["#h"] = HashName },
            ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":h"] = new() { S = Hash } },
            KeyConditionExpression = "#h = :h",
        };
        string? range = (From, To) switch
        {
            (not null, not null) => "#p BETWEEN :from AND :to",
            (not null, null) => "#p >= :from",
            (null, not null) => "#p <= :to",
            _ => null,
        };
        if (range is not null)
        {
            request.KeyConditionExpression += " AND " + range;
            request.ExpressionAttributeNames.Add("#p", Names.Position);
        }

        if (From is not null)
        {
            request.ExpressionAttributeValues.Add(":from", new AttributeValue { S = From });
        }

        if (To is not null)
        {
            request.ExpressionAttributeValues.Add(":to", new AttributeValue { S = To });
        }

        return request;
    }
}
