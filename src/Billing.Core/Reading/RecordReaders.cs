using Billing.Csv;
using Billing.Json;
using Billing.Rows;
using Billing.Texts;

namespace Billing.Reading;

/// <summary>Picks the reader for a source by its first bytes.</summary>
internal static class RecordReaders
{
    /// <summary>A reader over decompressed bytes. Recognises CSV and JSON, byte order marks and UTF-16; disposes the stream with the reader.</summary>
    /// <param name="sourceName">For messages.</param>
    /// <param name="stream">Decompressed bytes.</param>
    /// <param name="layout">Which column is what.</param>
    /// <param name="identity">Whose columns fill <see cref="ParsedRow.IdentityValues"/>.</param>
    /// <exception cref="SourceFormatException">The source is no text, or its header cannot be read or is no record's.</exception>
    /// <exception cref="BillingConfigurationException">The layout states what cannot be.</exception>
    public static ValueTask<RecordReader> OpenAsync(string sourceName, Stream stream, SourceLayout layout, RecordIdentity identity, CancellationToken cancellationToken) =>
        OpenAsync(sourceName, stream, layout, identity, Utf8Blocks.DefaultBytes, cancellationToken);

    /// <summary>As above, with a size of blocks of one's own.</summary>
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
