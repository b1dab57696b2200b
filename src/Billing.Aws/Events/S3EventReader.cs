using System.Text;

namespace Billing.Aws.Events;

/// <summary>Reads events of buckets, in any of their envelopes.</summary>
internal static class S3EventReader
{
    private const string Kind = "S3 event";

    // A bucket notification in SNS in SQS has one envelope. More than a few are a mistake.
    private const int MostEnvelopes = 4;

    /// <summary>Reads an event.</summary>
    /// <exception cref="SourceFormatException">The JSON is not an event of a bucket.</exception>
    public static S3Event Read(ReadOnlySpan<byte> json) => Read(json, 0);

    private static S3Event Read(ReadOnlySpan<byte> json, int envelopes)
    {
        if (envelopes > MostEnvelopes)
        {
            throw EventJson.Wrong(Kind, "it has too many envelopes");
        }

        Notification read = EventJson.Read(json, EventsJsonContext.Default.Notification, Kind);
        if (read.Records is { } records)
        {
            return new S3Event { Records = [.. records.SelectMany(record => Of(record, envelopes))] };
        }

        return read switch
        {
            { Event: "s3:TestEvent" } => new S3Event { Records = [], IsTest = true },
            { Type: "Notification", Message: { } message } => Read(Encoding.UTF8.GetBytes(message), envelopes + 1),
            { Source: "aws.s3", DetailType: { } what, Detail: { } detail } => new S3Event { Records = [Record(what, detail, read.Time, isEncoded: false)] },
            _ => throw EventJson.Wrong(Kind, "it has neither Records nor the detail of an object"),
        };
    }

    private static IReadOnlyList<S3EventRecord> Of(NotificationRecord? record, int envelopes) => record switch
    {
        { S3: { } detail, EventName: { } what } => [Record(what, detail, record.EventTime, isEncoded: true)],
        { Sns.Message: { } message } => Read(Encoding.UTF8.GetBytes(message), envelopes + 1).Records,
        _ => throw EventJson.Wrong(Kind, "a record does not describe an object of a bucket"),
    };

    // EventBridge does not encode keys.
    private static S3EventRecord Record(string what, NotificationDetail detail, DateTimeOffset? time, bool isEncoded)
    {
        if (detail is not { Bucket.Name: { Length: > 0 } bucket, Object: { Key: { Length: > 0 } written } found })
        {
            throw EventJson.Wrong(Kind, "a record lacks the bucket or the key");
        }

        return new S3EventRecord
        {
            EventName = what,
            Bucket = bucket,
            Key = isEncoded ? ObjectKey.Decode(written) ?? throw EventJson.Wrong(Kind, "a key is not encoded in the way of S3") : written,
            VersionId = found.VersionId ?? found.EventBridgeVersionId,
            Size = found.Size,
            ETag = found.ETag ?? found.EventBridgeETag,
            Sequencer = found.Sequencer,
            Time = time,
        };
    }
}
