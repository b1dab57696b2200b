namespace Billing.Generators;

/// <summary>A destination of generated messages: a file, a queue, a store. When it returns, the messages are delivered; the output retries failed entries itself, or throws.</summary>
public interface IMessageOutput
{
    /// <summary>Delivers messages in order, each a JSON document.</summary>
    Task WriteAsync(IReadOnlyList<string> messages, CancellationToken cancellationToken);
}
