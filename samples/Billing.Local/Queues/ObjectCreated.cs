using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Billing.Local.Queues;

/// <summary>Creates the event that a bucket sends for a new object.</summary>
internal static class ObjectCreated
{
    public static string Event(params ReadOnlySpan<StoredObject> objects)
    {
        JsonArray records = [];
        foreach (StoredObject stored in objects)
        {
            records.Add((JsonNode)Record(stored));
        }

        return new JsonObject { ["Records"] = records }.ToJsonString();
    }

    /// <summary>Returns a key as events carry it: encoded as in a form, except for slashes.</summary>
    public static string Encode(string key)
    {
        StringBuilder text = new();
        foreach (byte b in Encoding.UTF8.GetBytes(key))
        {
            char c = (char)b;
            _ = char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.' or '*' ? text.Append(c)
                : c == ' ' ? text.Append('+')
                : text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return text.ToString();
    }

    private static JsonObject Record(StoredObject stored) => new()
    {
        ["eventVersion"] = "2.1",
        ["eventSource"] = "aws:s3",
        ["awsRegion"] = "us-east-1",
        ["eventTime"] = stored.Time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["eventName"] = "ObjectCreated:Put",
        ["s3"] = new JsonObject
        {
            ["s3SchemaVersion"] = "1.0",
            ["bucket"] = new JsonObject { ["name"] = stored.Bucket, ["arn"] = $"arn:aws:s3:::{stored.Bucket}" },
            ["object"] = new JsonObject
            {
                ["key"] = Encode(stored.Key),
                ["size"] = stored.Size,
                ["eTag"] = stored.ETag.Trim('"'),
                ["sequencer"] = stored.Sequencer,
            },
        },
    };
}
