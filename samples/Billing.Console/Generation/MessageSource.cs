using Billing.Generators;

namespace Billing.Console.Generation;

/// <summary>Generated messages as a source, made while it is read.</summary>
internal sealed class MessageSource(GeneratedMessages messages, int? perSecond, TimeProvider time) : IBillingSource
{
    public string Name => messages.SourceName;

    public long? Length => null;

    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => new(new MessageStream(messages.Messages, perSecond, time));
}
