using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Billing.Aws.Requests;

namespace Billing.Aws.Queues;

/// <summary>Writes and reads the JSON protocol of SQS.</summary>
internal static class QueueJson
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static AwsRequest GetUrl(string name, string? owner) => Request("GetQueueUrl", null, writer =>
    {
        writer.WriteString("QueueName", name);
        if (owner is not null)
        {
            writer.WriteString("QueueOwnerAWSAccountId", owner);
        }
    });

    public static AwsRequest GetAttributes(Uri url) => Request("GetQueueAttributes", url, writer =>
    {
        writer.WriteStartArray("AttributeNames");
        writer.WriteStringValue("ApproximateNumberOfMessages");
        writer.WriteStringValue("ApproximateNumberOfMessagesNotVisible");
        writer.WriteStringValue("ApproximateNumberOfMessagesDelayed");
        writer.WriteEndArray();
    });

    public static AwsRequest Receive(Uri url, SqsReceiveOptions options)
    {
        AwsRequest request = Request("ReceiveMessage", url, writer =>
        {
            writer.WriteNumber("MaxNumberOfMessages", options.MaxMessages);
            writer.WriteNumber("WaitTimeSeconds", (int)options.Wait.TotalSeconds);
            if (options.VisibilityTimeout is { } visibility)
            {
                writer.WriteNumber("VisibilityTimeout", (int)visibility.TotalSeconds);
            }

            // The second is the name that older endpoints know.
            foreach (string member in (string[])["MessageSystemAttributeNames", "AttributeNames", "MessageAttributeNames"])
            {
                writer.WriteStartArray(member);
                writer.WriteStringValue("All");
                writer.WriteEndArray();
            }
        });
        return request with { Waits = options.Wait };
    }

    /// <summary>A request; the URL of the queue is written first.</summary>
    public static AwsRequest Request(string operation, Uri? url, Action<Utf8JsonWriter> members)
    {
        ArrayBufferWriter<byte> body = new();
        using (Utf8JsonWriter writer = new(body, s_options))
        {
            writer.WriteStartObject();
            if (url is not null)
            {
                writer.WriteString("QueueUrl", url.OriginalString);
            }

            members(writer);
            writer.WriteEndObject();
        }

        return new AwsRequest(AwsService.Sqs, operation, "application/x-amz-json-1.0", body.WrittenSpan.ToArray()) { Target = "AmazonSQS." + operation, Address = url };
    }

    public static IReadOnlyList<SqsMessage> ReadMessages(AwsReply reply, string arn) => Read(reply, "ReceiveMessage", root =>
    {
        if (!root.TryGetProperty("Messages", out JsonElement messages) || messages.ValueKind != JsonValueKind.Array)
        {
            return (IReadOnlyList<SqsMessage>)[];
        }

        string region = arn.Split(':')[3];
        return [.. messages.EnumerateArray().Select(message => Message(message, arn, region, reply.RequestId))];
    });

    public static SqsQueueCounts ReadCounts(AwsReply reply) => Read(reply, "GetQueueAttributes", static root =>
    {
        JsonElement attributes = root.GetProperty("Attributes");
        return new SqsQueueCounts(Number(attributes, "ApproximateNumberOfMessages"), Number(attributes, "ApproximateNumberOfMessagesNotVisible"), Number(attributes, "ApproximateNumberOfMessagesDelayed"));
    });

    /// <summary>Reads an answer.</summary>
    /// <exception cref="AwsException">It is none that SQS gives.</exception>
    public static T Read<T>(AwsReply reply, string operation, Func<JsonElement, T> read)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(reply.Body.Length == 0 ? "{}"u8.ToArray() : reply.Body);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new AwsException(AwsService.Sqs.Name, operation, "InvalidAnswer", "The answer is none that SQS gives. Check the endpoint.", requestId: reply.RequestId, innerException: e);
        }
    }

    /// <summary>The MD5 that SQS confirms a body by.</summary>
#pragma warning disable CA5351 // The protocol of SQS; it protects against damage, not against people.
    public static string Md5(string body) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(body)));
#pragma warning restore CA5351

    private static SqsMessage Message(JsonElement message, string arn, string region, string? requestId)
    {
        string body = message.GetProperty("Body").GetString()!;
        string? md5 = Text(message, "MD5OfBody");
        if (md5 is not null && md5 != Md5(body))
        {
            throw new AwsException(AwsService.Sqs.Name, "ReceiveMessage", "DamagedBody", "A body differs from its MD5. It stays in the queue and is delivered again.", requestId: requestId);
        }

        return new SqsMessage
        {
            MessageId = message.GetProperty("MessageId").GetString()!,
            ReceiptHandle = message.GetProperty("ReceiptHandle").GetString()!,
            Body = body,
            Md5OfBody = md5,
            Attributes = Members(message, "Attributes", static value => value.GetString()!),
            MessageAttributes = Members(message, "MessageAttributes", static value => new SqsAttributeValue
            {
                DataType = Text(value, "DataType") ?? "String",
                StringValue = Text(value, "StringValue"),
                BinaryValue = Text(value, "BinaryValue"),
            }),
            QueueArn = arn,
            Region = region,
        };
    }

    private static Dictionary<string, T> Members<T>(JsonElement of, string name, Func<JsonElement, T> read) =>
        of.TryGetProperty(name, out JsonElement members) && members.ValueKind == JsonValueKind.Object
            ? members.EnumerateObject().ToDictionary(member => member.Name, member => read(member.Value), StringComparer.Ordinal)
            : [];

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long Number(JsonElement attributes, string name) => long.Parse(attributes.GetProperty(name).GetString()!, NumberStyles.None, CultureInfo.InvariantCulture);
}
