namespace Billing;

/// <summary>
/// A store that remembers which sources its runs took whole. A pipeline does not read such a source row by row again: it reads the bytes
/// for their SHA-256, and reports every row as a duplicate. A ledger that is an <see cref="IBillingStore"/> may implement this; for others every source is read.
/// </summary>
public interface IKnownSources
{
    /// <summary>Returns a mark of the records. It is another one for ever after any record was removed, or got another key or fingerprint, by whichever program. New records do not change it.</summary>
    ValueTask<string> GetMarkAsync(CancellationToken cancellationToken = default);

    /// <summary>Remembers that a run takes a source whole. It replaces what was remembered under the same terms. Called before the run is recorded as completed.</summary>
    /// <param name="terms">What the source must have in common with a later one: a SHA-256 as 64 hexadecimal digits.</param>
    /// <param name="runId">The id of the run.</param>
    /// <param name="mark">The mark from before the run wrote its first record.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask RememberAsync(string terms, string runId, string mark, CancellationToken cancellationToken = default);

    /// <summary>Returns the run that is remembered under these terms. Null if there is none, if its mark is no longer the mark of the records, or if the run is not completed. Found by a key, however many runs there are.</summary>
    ValueTask<IngestReport?> FindKnownRunAsync(string terms, CancellationToken cancellationToken = default);
}
