namespace Billing.Parsing;

/// <summary>Picks the reader for a source by its first bytes.</summary>
internal static class RecordReaders
{
    /// <summary>A reader over decompressed bytes. Recognises CSV and JSON, byte order marks and UTF-16; disposes the stream with the reader.</summary>
    /// <param name="sourceName">For messages.</param>
    /// <param name="stream">Decompressed bytes.</param>
    /// <param name="layout">Which column is what.</param>
    /// <param name="identity">Whose columns fill <see cref="ParsedRow.IdentityValues"/>.</param>
    public static ValueTask<RecordReader> OpenAsync(string sourceName, Stream stream, CsvLayout layout, RecordIdentity identity, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Reads one quarantined row again, by itself, as the layout says now. Line, byte offset and raw bytes are those of the quarantined record.</summary>
    public static ParsedRow ReadAgain(QuarantinedRecord record, CsvLayout layout, RecordIdentity identity) =>
        throw new NotImplementedException();
}
