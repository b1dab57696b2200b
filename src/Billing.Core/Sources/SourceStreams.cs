namespace Billing.Sources;

/// <summary>Stacks the streams of a source: the bytes as received, hashed and counted, then decompressed.</summary>
internal static class SourceStreams
{
    /// <summary>Opens <paramref name="source"/>.</summary>
    /// <exception cref="InvalidDataException">Thrown while the content is read: the gzip data is damaged or cut off.</exception>
    public static async ValueTask<OpenedSource> OpenAsync(IBillingSource source, CancellationToken cancellationToken)
    {
        HashingStream bytes = new(await source.OpenAsync(cancellationToken).ConfigureAwait(false));
        try
        {
            byte[] start = new byte[2];
            int read = await bytes.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            Stream content = new PrefixedStream(start.AsMemory(0, read), bytes);
            return new OpenedSource(bytes, start is [0x1f, 0x8b] ? new GzipSourceStream(source.Name, content) : content);
        }
        catch
        {
            await bytes.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
