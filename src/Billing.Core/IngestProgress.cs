namespace Billing;

/// <summary>How far a run is, after each batch.</summary>
/// <param name="BytesRead">Bytes read from the source.</param>
/// <param name="BytesTotal">Bytes of the source, or null when it does not say.</param>
/// <param name="Report">The totals so far.</param>
public sealed record IngestProgress(long BytesRead, long? BytesTotal, IngestReport Report);
