namespace Billing.Rows;

/// <summary>Reads the rows of one source, in order, in bounded memory.</summary>
internal abstract class RecordReader : IAsyncDisposable
{
    public abstract SourceFormat Format { get; }

    /// <summary>
    /// What is needed to read one row by itself, known once the first row was read: the header line, repaired if necessary; <c>#1,#2,...</c> for a CSV source without one;
    /// for JSON the member names of the first object, as a JSON array. Null until then.
    /// </summary>
    public abstract string? Header { get; }

    /// <summary>The separator, known once the first row was read; null for JSON.</summary>
    public abstract char? Separator { get; }

    /// <summary>The warnings for the report; complete at the end.</summary>
    public abstract IReadOnlyList<string> Warnings { get; }

    /// <summary>The figures that the source itself states in lines that are not rows; complete at the end.</summary>
    public virtual IReadOnlyList<StatedFigure> Stated => [];

    /// <summary>Why such lines cannot be read, or are missing; complete at the end.</summary>
    public virtual IReadOnlyList<string> StatedProblems => [];

    /// <summary>What looks at a sample of the rows; null if nothing does. To be set before the first row is read.</summary>
    public RowSample? Sample { get; set; }

    /// <summary>Adds the next rows to <paramref name="rows"/>, until it holds <paramref name="capacity"/>, or this call has added <paramref name="mostBytes"/> of rows, or the source ends.</summary>
    /// <returns>False if the source has ended; rows may still have been added.</returns>
    /// <exception cref="SourceFormatException">The source cannot be read at all.</exception>
    public abstract ValueTask<bool> ReadAsync(RecycledList<ParsedRow> rows, int capacity, int mostBytes, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
