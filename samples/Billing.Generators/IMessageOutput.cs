namespace Billing.Generators;

/// <summary>Where generated messages go: a file, a queue, a store. What returns is delivered; failed entries are tried again by the output, or it throws.</summary>
public interface IMessageOutput
{
    /// <summary>Delivers messages, each a JSON document, in order.</summary>
    Task WriteAsync(IReadOnlyList<string> messages, CancellationToken cancellationToken);
}
