namespace Billing.Web.Client.Importing;

/// <summary>What the pipeline in the browser made of a file. Nothing of it has left the machine.</summary>
/// <param name="Report">The balanced report; null if the file cannot be read at all.</param>
/// <param name="Proof">Whether what the sender states comes out.</param>
/// <param name="Rows">The rows, in the order of the file.</param>
/// <param name="Fault">Why the file cannot be read or would be refused; null if it would be taken.</param>
public sealed record LocalPreview(IngestReport? Report, IngestProof Proof, IReadOnlyList<LocalRow> Rows, string? Fault)
{
    /// <summary>The rows that can be read and lack only a rate.</summary>
    public int WaitingForRate => Rows.Count(row => row.WaitsForRate);

    /// <summary>The rows that cannot be processed.</summary>
    public int Refused => Rows.Count(row => row.Refused is not null && !row.WaitsForRate);
}
