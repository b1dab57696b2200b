using Billing.Fingerprints;
using Billing.Keys;

namespace Billing.Stores;

/// <summary>The records of one day, and what they become in the current canonical form. It keeps what that takes of each record, not the record itself.</summary>
internal sealed class MigratedDay
{
    private readonly FormBuffer _form = new();
    private readonly List<Entry> _entries = [];
    private readonly List<IReadOnlyList<RecordKey>> _becameEqual = [];

    /// <summary>The number of records.</summary>
    public int Count => _entries.Count;

    /// <summary>After <see cref="Plan"/>: the keys of records of different runs that had different content, and now have the same.</summary>
    public IReadOnlyList<IReadOnlyList<RecordKey>> BecameEqual => _becameEqual;

    /// <summary>Adds a record.</summary>
    /// <param name="record">The record as it is stored.</param>
    /// <param name="attributes">The attributes of the record, with marks on those that are ignored from now on.</param>
    public void Add(BillingRecord record, RecordAttributes attributes)
    {
        Fingerprint fingerprint = CanonicalForm.FingerprintOf(record.Moved(record.Key, record.Fingerprint, record.Occurrence, attributes), CanonicalVersion.Current, _form);
        bool isByContent = record.Key == KeyOf(record.Scope, record.Fingerprint, record.Occurrence);
        _entries.Add(new Entry(record.Key, record.Fingerprint, fingerprint, record.Scope, record.Occurrence, isByContent, record.RunId, record.Source));
    }

    /// <summary>Returns the moves that are needed. Records whose key is by content get occurrences among those that are equal now: first the rows of earlier runs, in the order of their source.</summary>
    public IReadOnlyList<PlannedMove> Plan()
    {
        List<PlannedMove> moves = [.. _entries
            .Where(entry => !entry.IsByContent && entry.Stored != entry.Today)
            .Select(entry => new PlannedMove(entry.Key, entry.Key, entry.Today, entry.Occurrence, entry.Source))];
        foreach (IGrouping<(string? Scope, Fingerprint Today), Entry> group in _entries.Where(entry => entry.IsByContent).GroupBy(entry => (entry.Scope, entry.Today)))
        {
            Number(group, moves);
        }

        return moves;
    }

    private void Number(IGrouping<(string? Scope, Fingerprint Today), Entry> group, List<PlannedMove> moves)
    {
        Entry[] open = [.. group.Where(entry => entry.Stored != entry.Today)];
        if (open.Length == 0)
        {
            return;
        }

        // A migration that was interrupted has already moved some.
        HashSet<int> taken = [.. group.Where(entry => entry.Stored == entry.Today).Select(entry => entry.Occurrence)];
        int occurrence = 0;
        foreach (Entry entry in open
            .OrderBy(entry => entry.RunId, StringComparer.Ordinal)
            .ThenBy(entry => entry.Source.Name, StringComparer.Ordinal)
            .ThenBy(entry => entry.Source.ByteOffset)
            .ThenBy(entry => entry.Occurrence))
        {
            do
            {
                occurrence++;
            }
            while (taken.Contains(occurrence));
            moves.Add(new PlannedMove(entry.Key, KeyOf(entry.Scope, entry.Today, occurrence), entry.Today, occurrence, entry.Source));
        }

        // Rows of one run that become equal count as its repeats; rows of different runs may be one row that was delivered twice.
        if (group.Select(entry => entry.Stored).Distinct().Skip(1).Any() && group.Select(entry => entry.RunId).Distinct(StringComparer.Ordinal).Skip(1).Any())
        {
            _becameEqual.Add([.. group.OrderBy(entry => entry.RunId, StringComparer.Ordinal).ThenBy(entry => entry.Source.ByteOffset).Select(entry => entry.Key)]);
        }
    }

    private RecordKey KeyOf(string? scope, Fingerprint fingerprint, int occurrence)
    {
        KeyForm.WriteContent(_form, scope, fingerprint, occurrence);
        return new RecordKey(_form.Hash());
    }

    private sealed record Entry(RecordKey Key, Fingerprint Stored, Fingerprint Today, string? Scope, int Occurrence, bool IsByContent, string RunId, RecordSource Source);
}
