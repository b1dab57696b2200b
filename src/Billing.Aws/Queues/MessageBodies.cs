using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Billing.Aws.Queues;

/// <summary>The bodies of messages as one source, one object after another. Tracks which of them are durable.</summary>
internal sealed class MessageBodies
{
    private readonly List<int> _messages;
    private readonly long[] _starts;
    private readonly bool[] _isDone;

    /// <param name="messages">All messages.</param>
    /// <param name="records">The indexes of the messages to take; each body is one JSON object.</param>
    public MessageBodies(IReadOnlyList<SqsMessage> messages, List<int> records)
    {
        _messages = records;
        _starts = new long[records.Count];
        _isDone = new bool[records.Count];
        ArrayBufferWriter<byte> bytes = new();
        for (int i = 0; i < records.Count; i++)
        {
            _starts[i] = bytes.WrittenCount;
            Encoding.UTF8.GetBytes(Trimmed(messages[records[i]].Body), bytes);
            bytes.Write("\n"u8);
        }

        Bytes = bytes.WrittenMemory;
    }

    /// <summary>The source.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The number of messages that are not durable yet.</summary>
    public int Open => _isDone.Count(done => !done);

    /// <summary>Returns why a body is not exactly one JSON object in a way that would affect its neighbours; null if it is one.</summary>
    public static string? WhyNoRecord(string body)
    {
        Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(Trimmed(body).ToString()));
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return "it does not start with '{'.";
            }

            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException e)
        {
            // The message of the exception may repeat content.
            return FormattableString.Invariant($"it is not JSON from line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }

    /// <summary>Records the outcome of a row, which is the outcome of its message.</summary>
    public void RowDone(RowOutcome row)
    {
        int index = Array.BinarySearch(_starts, row.Source.ByteOffset);
        _isDone[index < 0 ? ~index - 1 : index] = true;
    }

    /// <summary>Marks all messages as not durable: the run that reported them durable contradicts itself.</summary>
    public void Forget() => Array.Clear(_isDone);

    /// <summary>Sets the outcome of each message.</summary>
    /// <param name="outcomes">Receives the outcomes.</param>
    /// <param name="why">Why the messages that are not durable are to be delivered again.</param>
    public void Settle(SqsMessageOutcome[] outcomes, string why)
    {
        for (int i = 0; i < _messages.Count; i++)
        {
            outcomes[_messages[i]] = _isDone[i] ? SqsMessageOutcome.Done : SqsMessageOutcome.Retry(why);
        }
    }

    // Blanks and a byte order mark around a body have no meaning. Without them each record starts at the start of its line.
    private static ReadOnlySpan<char> Trimmed(string body) => body.AsSpan().TrimStart('\uFEFF').Trim([' ', '\t', '\r', '\n']);
}
