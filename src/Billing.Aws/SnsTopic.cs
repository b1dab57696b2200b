using System.Globalization;
using System.Text;
using System.Xml;
using Billing.Aws.Requests;

namespace Billing.Aws;

/// <summary>An SNS topic. Safe for concurrent use.</summary>
public sealed class SnsTopic
{
    private const int LongestSubject = 100;
    private const int MostMessageBytes = 262_144;

    private readonly AwsConnection _connection;

    /// <summary>Creates a topic object, without calling AWS.</summary>
    /// <param name="connection">The connection to AWS, which the caller disposes.</param>
    /// <param name="topicArn">The ARN of the topic.</param>
    /// <exception cref="BillingConfigurationException"><paramref name="topicArn"/> is not the ARN of a topic.</exception>
    public SnsTopic(AwsConnection connection, string topicArn)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(topicArn);
        _connection = connection;
        Arn = topicArn.Split(':') is ["arn", _, "sns", { Length: > 0 }, { Length: > 0 }, { Length: > 0 }]
            ? topicArn
            : throw new BillingConfigurationException($"'{topicArn}' is not the ARN of a topic. Use an ARN such as arn:aws:sns:eu-central-1:123456789012:alerts.");
    }

    /// <summary>The ARN.</summary>
    public string Arn { get; }

    /// <summary>The ARN.</summary>
    public override string ToString() => Arn;

    /// <summary>Publishes a message. If the answer is lost, the message may be published twice.</summary>
    /// <param name="subject">The subject. It is adjusted to what SNS accepts: printable ASCII only, up to 100 characters.</param>
    /// <param name="message">The message, 1 to 262,144 bytes of UTF-8.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The id that SNS gave the message.</returns>
    /// <exception cref="ArgumentException">The message is empty or too long.</exception>
    /// <exception cref="AwsException">Publishing failed.</exception>
    public Task<string> PublishAsync(string subject, string message, CancellationToken cancellationToken = default) =>
        PublishAsync(subject, message, new Dictionary<string, string>(), null, cancellationToken);

    /// <summary>Publishes a message with attributes. If the answer is lost, the message may be published twice, except to a FIFO topic.</summary>
    /// <param name="subject">The subject. It is adjusted to what SNS accepts: printable ASCII only, up to 100 characters.</param>
    /// <param name="message">The message, 1 to 262,144 bytes of UTF-8.</param>
    /// <param name="attributes">Attributes of type String; an attribute without a value is left out.</param>
    /// <param name="deduplicationId">The id by which a FIFO topic recognises a repetition. It is not sent to standard topics, which do not accept one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <inheritdoc cref="PublishAsync(string, string, CancellationToken)"/>
    public async Task<string> PublishAsync(string subject, string message, IReadOnlyDictionary<string, string> attributes, string? deduplicationId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentException.ThrowIfNullOrEmpty(message);
        if (Encoding.UTF8.GetByteCount(message) > MostMessageBytes)
        {
            throw new ArgumentException(FormattableString.Invariant($"The message has more than {MostMessageBytes} bytes."), nameof(message));
        }

        StringBuilder form = new("Action=Publish&Version=2010-03-31");
        form.Append("&TopicArn=").Append(Uri.EscapeDataString(Arn));
        if (SubjectOf(subject) is { Length: > 0 } line)
        {
            form.Append("&Subject=").Append(Uri.EscapeDataString(line));
        }

        form.Append("&Message=").Append(Uri.EscapeDataString(message));
        if (Arn.EndsWith(".fifo", StringComparison.Ordinal))
        {
            form.Append("&MessageGroupId=billing");
            if (deduplicationId is not null)
            {
                form.Append("&MessageDeduplicationId=").Append(Uri.EscapeDataString(deduplicationId));
            }
        }

        Append(form, attributes);
        AwsReply reply = await _connection.SendAsync(
            new AwsRequest(AwsService.Sns, "Publish", "application/x-www-form-urlencoded; charset=utf-8", Encoding.ASCII.GetBytes(form.ToString())),
            cancellationToken).ConfigureAwait(false);
        return MessageId(reply);
    }

    /// <summary>Returns a subject that SNS accepts: printable ASCII that does not start with a blank, up to 100 characters.</summary>
    internal static string SubjectOf(string subject)
    {
        StringBuilder text = new();
        foreach (Rune rune in subject.Trim().EnumerateRunes())
        {
            text.Append(rune.Value is >= ' ' and <= '~' ? (char)rune.Value : Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) ? ' ' : '?');
            if (text.Length == LongestSubject)
            {
                break;
            }
        }

        return text.ToString().TrimEnd();
    }

    private static void Append(StringBuilder form, IReadOnlyDictionary<string, string> attributes)
    {
        int number = 0;
        foreach ((string name, string value) in attributes)
        {
            if (value.Length == 0)
            {
                continue;
            }

            number++;
            form.Append(CultureInfo.InvariantCulture, $"&MessageAttributes.entry.{number}.Name={Uri.EscapeDataString(name)}")
                .Append(CultureInfo.InvariantCulture, $"&MessageAttributes.entry.{number}.Value.DataType=String")
                .Append(CultureInfo.InvariantCulture, $"&MessageAttributes.entry.{number}.Value.StringValue={Uri.EscapeDataString(value)}");
        }
    }

    private static string MessageId(AwsReply reply)
    {
        try
        {
            using MemoryStream stream = new(reply.Body);
            using XmlReader reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            return reader.ReadToFollowing("MessageId") ? reader.ReadElementContentAsString() : throw NoAnswer(reply, null);
        }
        catch (XmlException e)
        {
            throw NoAnswer(reply, e);
        }
    }

    private static AwsException NoAnswer(AwsReply reply, Exception? cause) =>
        new(AwsService.Sns.Name, "Publish", "InvalidAnswer", "The answer is not one of SNS. Check the endpoint.", requestId: reply.RequestId, innerException: cause);
}
