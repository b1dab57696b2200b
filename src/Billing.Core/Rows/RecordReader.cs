namespace Billing.Rows;

/// <summary>Reads the rows of one source, in order, in bounded memory.</summary>
internal abstract class RecordReader : IAsyncDisposable
{
    public abstract SourceFormat Format { get; }

    /// <summary>
    /// What one row needs to be read by itself, once the first row was read: the header line, repaired where it had to be; <c>#1,#2,...</c> where a CSV source has none;
    /// for JSON the member names of the first object, as a JSON array. Null while there is none.
    /// </summary>
    public abstract string? Header { get; }

    /// <summary>The separator in use, once the first row was read; null for JSON.</summary>
    public abstract char? Separator { get; }

    /// <summary>What the report should tell its reader; complete at the end.</summary>
    public abstract IReadOnlyList<string> Warnings { get; }

    /// <summary>Adds the next rows to <paramref name="rows"/>, until it holds <paramref name="capacity"/>, or these calls have added <paramref name="mostBytes"/> of rows, or the source ends.</summary>
    /// <returns>False when the source has ended; rows may have been added all the same.</returns>
    /// <exception cref="SourceFormatException">The source cannot be read at all.</exception>
    public abstract ValueTask<bool> ReadAsync(List<ParsedRow> rows, int capacity, int mostBytes, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
