using Billing.Csv;
using Billing.Json;
using Billing.Rows;
using Billing.Texts;

namespace Billing.Reading;

/// <summary>Picks the reader for a source by its first bytes.</summary>
internal static class RecordReaders
{
    /// <summary>Opens a reader over decompressed bytes. Recognises CSV and JSON, byte order marks and UTF-16; the reader disposes the stream.</summary>
    /// <param name="sourceName">The name of the source, for messages.</param>
    /// <param name="stream">Decompressed bytes.</param>
    /// <param name="layout">Which column is what.</param>
    /// <param name="identity">The identity, whose columns fill <see cref="ParsedRow.IdentityValues"/>.</param>
    /// <exception cref="SourceFormatException">The source is not text, its header cannot be read, or its columns cannot be a record.</exception>
    /// <exception cref="BillingConfigurationException">The layout has an impossible setting.</exception>
    public static ValueTask<RecordReader> OpenAsync(string sourceName, Stream stream, SourceLayout layout, RecordIdentity identity, CancellationToken cancellationToken) =>
        OpenAsync(sourceName, stream, layout, identity, Utf8Blocks.DefaultBytes, cancellationToken);

    /// <summary>Opens a reader as above, with a given block size.</summary>
    public static async ValueTask<RecordReader> OpenAsync(
        string sourceName,
        Stream stream,
        SourceLayout layout,
        RecordIdentity identity,
        int blockBytes,
        CancellationToken cancellationToken)
    {
        try
        {
            CsvDialect.Check(layout);
            SourceText opened = await SourceText.OpenAsync(sourceName, stream, layout, cancellationToken).ConfigureAwait(false);
            SourceText text = await CsvEscapeStream.MaskAsync(opened, layout, cancellationToken).ConfigureAwait(false);
            return FormatLook.IsJson(text.Head.Span, layout)
                ? new JsonRecordReader(text, layout, identity, blockBytes)
                : CsvRecordReader.Open(text, layout, identity, blockBytes);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
