using Amazon.SQS.Model;

namespace Billing.Aws.Queues;

/// <summary>Converts a received message to the form that it has in Lambda events.</summary>
internal static class ReceivedMessage
{
    public static SqsMessage Of(Message message, string arn) => new()
    {
        MessageId = message.MessageId,
        ReceiptHandle = message.ReceiptHandle,
        Body = message.Body,
        Md5OfBody = message.MD5OfBody,
        Attributes = message.Attributes ?? [],
        MessageAttributes = (message.MessageAttributes ?? []).ToDictionary(attribute => attribute.Key, attribute => Of(attribute.Value), StringComparer.Ordinal),
        QueueArn = arn,
        Region = arn.Split(':')[3],
    };

    private static SqsAttributeValue Of(MessageAttributeValue value) => new()
    {
        DataType = value.DataType ?? "String",
        StringValue = value.StringValue,
        BinaryValue = value.BinaryValue is { } bytes ? Convert.ToBase64String(bytes.ToArray()) : null,
    };
}
