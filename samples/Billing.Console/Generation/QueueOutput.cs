using Billing.Aws;
using Billing.Generators;

namespace Billing.Console.Generation;

/// <summary>Sends messages to a queue and remembers those that it did not take.</summary>
internal sealed class QueueOutput(SqsProducer producer) : IMessageOutput
{
    private readonly List<SqsUnsentMessage> _unsent = [];

    /// <summary>How many the queue has confirmed.</summary>
    public long Sent { get; private set; }

    /// <summary>Those that were tried and that it has not confirmed.</summary>
    public IReadOnlyList<SqsUnsentMessage> Unsent => _unsent;

    /// <exception cref="QueueDownException">It took none of them: it would take no other one.</exception>
    public async Task WriteAsync(IReadOnlyList<string> messages, CancellationToken cancellationToken)
    {
        SqsSendReport report = await producer.SendAsync(messages.Select(message => new SqsOutgoingMessage(message)).ToAsyncEnumerable(), null, cancellationToken);
        Sent += report.Sent;
        _unsent.AddRange(report.Unsent);
        if (report.Sent == 0)
        {
            throw new QueueDownException();
        }
    }
}
