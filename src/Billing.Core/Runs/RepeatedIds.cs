using System.Text;
using Billing.Fingerprints;

namespace Billing.Runs;

/// <summary>
/// Counts records whose id came before in the source with other content, where records are told apart by content: the id column may be what tells them apart.
/// In bounded memory, as equal rows are counted.
/// </summary>
internal sealed class RepeatedIds : IDisposable
{
    private readonly OccurrenceCounter _ids = new();
    private long _rows;
    private RecordSource _first;

    /// <summary>What to tell the reader of the report, or null.</summary>
    public string? Warning => _rows == 0
        ? null
        : FormattableString.Invariant($"{_rows} {(_rows == 1 ? "row has an id that an earlier row has" : "rows have an id that an earlier row has")} with other content, first on line {_first.Line}; records are told apart by their content, so all are stored. If an id names one record, use the identity columns: and the name of the id column; a second one is then a conflict");

    /// <summary>Looks at a record that has its place among equal ones.</summary>
    public void Note(BillingRecord record)
    {
        if (record.SourceId is not { Length: > 0 } id)
        {
            return;
        }

        bool cameBefore = _ids.Next(Sha256Digest.Of(Encoding.UTF8.GetBytes($"{record.Scope?.Length ?? -1}:{record.Scope}{id}"))) > 1;

        // The content came before, too: it is a repeat, and counted as one.
        if (cameBefore && record.Occurrence == 1 && _rows++ == 0)
        {
            _first = record.Source;
        }
    }

    public void Dispose() => _ids.Dispose();
}
