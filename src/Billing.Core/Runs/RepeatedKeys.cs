namespace Billing.Runs;

/// <summary>
/// Counts rows that equal an earlier row of their source and have the same id, if records are identified by id columns: each is a duplicate, and
/// two lawful rows would become one. It is a hint, like <see cref="RepeatedIds"/>: in a very large source only the first rows are remembered.
/// </summary>
internal sealed class RepeatedKeys : IRowWatch
{
    private readonly Dictionary<RecordKey, Fingerprint> _seen = [];
    private long _rows;
    private RecordSource _first;

    /// <inheritdoc/>
    public string? Warning => _rows == 0
        ? null
        : FormattableString.Invariant($"{_rows} {(_rows == 1 ? "row equals an earlier row of the source and has its id, on line" : "rows equal earlier rows of the source and have their ids, first on line")} {_first.Line}: {(_rows == 1 ? "it was" : "they were")} not stored again. If the columns of the identity are not an id, and two such rows are two records, use columns+occurrence: in place of columns:");

    /// <inheritdoc/>
    public void Note(ReadOnlySpan<PendingRecord> records)
    {
        foreach (PendingRecord record in records)
        {
            Note(record);
        }
    }

    private void Note(PendingRecord record)
    {
        if (_seen.TryGetValue(record.Key, out Fingerprint fingerprint))
        {
            if (fingerprint == record.Fingerprint && _rows++ == 0)
            {
                _first = record.Source;
            }
        }
        else if (_seen.Count < RepeatedIds.MostIds)
        {
            _seen.Add(record.Key, record.Fingerprint);
        }
    }
}
