using System.Globalization;
using System.Text;
using Amazon.SQS.Model;

namespace Billing.Aws.Queues;

/// <summary>Divides messages into calls: up to ten entries and up to a size per call, and only one message of a FIFO group per call, so that no message overtakes one that failed.</summary>
internal sealed class SendPlan
{
    /// <summary>The most entries that SQS accepts in a call.</summary>
    public const int MostEntries = 10;

    private readonly IReadOnlyList<SqsOutgoingMessage> _messages;
    private readonly int _maxBytes;
    private readonly int[] _bytes;

    public SendPlan(IReadOnlyList<SqsOutgoingMessage> messages, int maxBytes)
    {
        _messages = messages;
        _maxBytes = maxBytes;
        _bytes = new int[messages.Count];
        for (int i = 0; i < messages.Count; i++)
        {
            ArgumentNullException.ThrowIfNull(messages[i], nameof(messages));
            if (Check(messages[i], maxBytes, out _bytes[i]) is { } refused)
            {
                Refused.Add((i, refused));
            }
        }
    }

    /// <summary>The messages that no queue accepts.</summary>
    public List<(int Index, SqsEntryOutcome Outcome)> Refused { get; } = [];

    /// <summary>Returns the calls one after another; the outcomes of earlier calls decide what later ones hold.</summary>
    /// <param name="hasFailed">Whether a message has failed permanently.</param>
    /// <param name="broken">Receives the groups in which a message has failed.</param>
    public IEnumerable<IReadOnlyList<int>> Calls(Func<int, bool> hasFailed, HashSet<string> broken)
    {
        List<int> left = [.. Enumerable.Range(0, _messages.Count)];
        while (left.Count > 0)
        {
            List<int> call = [];
            List<int> later = [];
            HashSet<string> groups = new(StringComparer.Ordinal);
            int bytes = 0;
            for (int i = 0; i < left.Count; i++)
            {
                int index = left[i];
                string? group = _messages[index].GroupId;
                if (group is not null && hasFailed(index))
                {
                    broken.Add(group);
                }

                if (hasFailed(index) || (group is not null && broken.Contains(group)))
                {
                    continue;
                }

                if (call.Count == MostEntries || bytes + _bytes[index] > _maxBytes)
                {
                    later.AddRange(left[i..]);
                    break;
                }

                if (group is not null && !groups.Add(group))
                {
                    later.Add(index);
                    continue;
                }

                call.Add(index);
                bytes += _bytes[index];
            }

            if (call.Count > 0)
            {
                yield return call;
                MarkBroken(call, hasFailed, broken);
            }

            left = later;
        }
    }

    /// <summary>Returns a message as an entry of a call.</summary>
    public static SendMessageBatchRequestEntry EntryOf(int index, SqsOutgoingMessage message) => new(EntryBatch.Id(index), message.Body)
    {
        MessageGroupId = message.GroupId,
        MessageDeduplicationId = message.DeduplicationId,
        DelaySeconds = message.Delay is { } delay ? (int)Math.Ceiling((decimal)delay.Ticks / TimeSpan.TicksPerSecond) : null,
        MessageAttributes = message.Attributes.ToDictionary(attribute => attribute.Key, attribute => new MessageAttributeValue { DataType = "String", StringValue = attribute.Value }, StringComparer.Ordinal),
    };

    /// <summary>Returns all outcomes, including those of messages that were not sent because an earlier one of their group failed.</summary>
    public static IReadOnlyList<SqsEntryOutcome> WithBrokenGroups(IReadOnlyList<SqsOutgoingMessage> messages, SqsEntryOutcome?[] outcomes) =>
        [.. outcomes.Select((outcome, i) => outcome ?? SqsEntryOutcome.Failed("GroupStopped", $"Not sent, because an earlier message of its group '{messages[i].GroupId}' failed."))];

    private void MarkBroken(List<int> call, Func<int, bool> hasFailed, HashSet<string> broken)
    {
        foreach (int index in call)
        {
            if (_messages[index].GroupId is { } group && hasFailed(index))
            {
                broken.Add(group);
            }
        }
    }

    private static SqsEntryOutcome? Check(SqsOutgoingMessage message, int maxBytes, out int bytes)
    {
        bytes = Encoding.UTF8.GetByteCount(message.Body) + message.Attributes.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value) + "String".Length);
        if (bytes > maxBytes)
        {
            return SqsEntryOutcome.Failed("MessageTooLong", string.Create(CultureInfo.InvariantCulture, $"The message has {bytes} bytes; the limit is {maxBytes}. Send a reference to an object instead."));
        }

        if (message.Body.Length == 0)
        {
            return SqsEntryOutcome.Failed("EmptyMessage", "The message has no body. SQS accepts no message without one.");
        }

        int wrong = FirstWrong(message.Body);
        return wrong < 0
            ? null
            : SqsEntryOutcome.Failed("InvalidMessageContents", string.Create(CultureInfo.InvariantCulture, $"SQS does not accept the character U+{(int)message.Body[wrong]:X4} at position {wrong + 1}. Encode the body, for example in JSON or base 64."));
    }

    // What SQS accepts: tab, line breaks, U+0020 to U+D7FF, U+E000 to U+FFFD, and surrogate pairs.
    private static int FirstWrong(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (c is (< ' ' and not ('\t' or '\n' or '\r')) or '\uFFFE' or '\uFFFF' || char.IsSurrogate(c))
            {
                return i;
            }
        }

        return -1;
    }
}
