namespace Billing;

/// <summary>The progress of a run, after each batch.</summary>
/// <param name="BytesRead">Bytes read from the source.</param>
/// <param name="BytesTotal">Bytes of the source, or null if they are not known.</param>
/// <param name="Report">The totals so far.</param>
public sealed record IngestProgress(long BytesRead, long? BytesTotal, IngestReport Report)
{
    /// <summary>How far it is, such as <c>june.csv: 4096 of 9000 bytes, 3 rows, 12.5 EUR</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Report.Source}: {BytesRead}{(BytesTotal is { } total ? FormattableString.Invariant($" of {total}") : "")} bytes, {Report.Read}");
}
