namespace Billing;

/// <summary>Bytes with a name: a file, a stream, an object, a message, a request body. See <see cref="BillingSource"/>.</summary>
public interface IBillingSource
{
    /// <summary>The name of the source, as it appears in records and reports.</summary>
    string Name { get; }

    /// <summary>The number of bytes, or null if it is not known before reading.</summary>
    long? Length { get; }

    /// <summary>
    /// Whether the bytes can be opened any number of times, and are all there when they are: true for files, false for streams and messages. Only such a source of known
    /// <see cref="Length"/> can be told by its SHA-256 (<see cref="IKnownSources"/>). Default false.
    /// </summary>
    bool CanReopen => false;

    /// <summary>Opens the bytes from the start. The caller disposes the stream. Exceptions escape to the caller of the pipeline.</summary>
    ValueTask<Stream> OpenAsync(CancellationToken cancellationToken = default);
}
