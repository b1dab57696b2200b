using System.Runtime.InteropServices;
using Billing.Rows;

namespace Billing.Runs;

/// <summary>
/// Finds the rows of an earlier delivery that this delivery of a source corrects: rows that are open in the quarantine of the ledger and can be processed now.
/// A row with the same bytes is one of them (the settings were fixed). A row on the same line that differs in one field is
/// one only if records show that the same source came again: at least one of an earlier run is on the same line as before, and none is on another line.
/// </summary>
internal sealed class Corrections
{
    private const int MostEntries = 10_000;
    private const long MostBytes = 4 << 20;
    private const int MostWitnesses = 32;

    private readonly Dictionary<int, List<QuarantinedRecord>> _byBytes = [];
    private readonly Dictionary<long, List<QuarantinedRecord>> _byLine = [];
    private readonly HashSet<RecordKey> _taken = [];
    private readonly HashSet<RecordKey> _same = [];
    private readonly HashSet<RecordKey> _corrected = [];
    private readonly List<(RecordKey Key, long Line)> _witnesses = [];

    private Corrections(IEnumerable<QuarantinedRecord> open)
    {
        foreach (QuarantinedRecord entry in open)
        {
            Add(_byBytes, HashOf(entry.Raw.Span), entry);
            // Another row on the line of a pending one may be its successor: that is not for the line to say.
            if (entry.Reason is not (QuarantineReason.Conflict or QuarantineReason.Pending))
            {
                Add(_byLine, entry.Source.Line, entry);
            }
        }
    }

    /// <summary>Loads the open quarantined rows of a source; if there are very many, only the first ones.</summary>
    public static async ValueTask<Corrections> LoadAsync(IBillingSink ledger, string source, CancellationToken cancellationToken)
    {
        List<QuarantinedRecord> open = [];
        if (ledger is IBillingStore store)
        {
            long bytes = 0;
            await foreach (QuarantinedRecord entry in store.GetAllQuarantineAsync(new QuarantineQuery { SourceName = source }, cancellationToken).ConfigureAwait(false))
            {
                bytes += entry.Raw.Length;
                if (open.Count == MostEntries || bytes > MostBytes)
                {
                    break;
                }

                open.Add(entry);
            }
        }

        return new Corrections(open);
    }

    /// <summary>Notes in a batch what one of its records may correct. Called on the reading side.</summary>
    public void Note(Batch batch, int index)
    {
        if (_byBytes.Count == 0)
        {
            return;
        }

        ParsedRow row = batch.Pending[index].Row;
        string? scope = batch.Pending[index].Scope;
        if (FindSame(row, scope) is { } same)
        {
            _taken.Add(same.Key);
            batch.Corrections.Add((index, same.Key, IsSame: true));
        }

        foreach (QuarantinedRecord entry in At(_byLine, row.Line))
        {
            if (entry.Scope == scope && DiffersInOneField(entry.Raw.Span, row.Raw.Span, entry.Separator ?? ','))
            {
                batch.Corrections.Add((index, entry.Key, IsSame: false));
            }
        }
    }

    /// <summary>Confirms the corrections of a batch that the ledger has. Called on the writing side.</summary>
    public void Confirm(Batch batch, IReadOnlyList<WriteOutcome> outcomes)
    {
        foreach ((int index, RecordKey key, bool isSame) in batch.Corrections)
        {
            if (outcomes[index].Kind is WriteOutcomeKind.Stored or WriteOutcomeKind.Duplicate)
            {
                (isSame ? _same : _corrected).Add(key);
            }
        }

        for (int i = 0; _byLine.Count > 0 && _witnesses.Count < MostWitnesses && i < outcomes.Count; i++)
        {
            if (outcomes[i].Kind == WriteOutcomeKind.Duplicate && outcomes[i].StoredSource == batch.Pending[i].SourceName)
            {
                _witnesses.Add((batch.Pending[i].Key, batch.Pending[i].Row.Line));

                // One of each batch, so that they are spread over the source.
                return;
            }
        }
    }

    /// <summary>Returns the keys of the quarantined rows that this run has corrected.</summary>
    public async ValueTask<IReadOnlyList<RecordKey>> FindAsync(IBillingSink ledger, string runId, CancellationToken cancellationToken)
    {
        _corrected.ExceptWith(_same);
        bool cameAgain = _corrected.Count > 0 && ledger is IBillingStore store && await CameAgainAsync(store, runId, cancellationToken).ConfigureAwait(false);
        return [.. _same, .. cameAgain ? _corrected : []];
    }

    private async ValueTask<bool> CameAgainAsync(IBillingStore store, string runId, CancellationToken cancellationToken)
    {
        IReadOnlyList<BillingRecord?> stored = await store.FindAllAsync([.. _witnesses.Select(witness => witness.Key)], cancellationToken).ConfigureAwait(false);
        (BillingRecord Record, long Line)[] earlier = [.. stored
            .Select((record, i) => (Record: record!, _witnesses[i].Line))
            .Where(witness => witness.Record is not null && witness.Record.RunId != runId)];
        return earlier.Length > 0 && Array.TrueForAll(earlier, witness => witness.Record.Source.Line == witness.Line);
    }

    private QuarantinedRecord? FindSame(ParsedRow row, string? scope)
    {
        foreach (QuarantinedRecord entry in At(_byBytes, HashOf(row.Raw.Span)))
        {
            if (!_taken.Contains(entry.Key) && entry.Scope == scope && entry.Raw.Span.SequenceEqual(row.Raw.Span))
            {
                return entry;
            }
        }

        return null;
    }

    private static ReadOnlySpan<QuarantinedRecord> At<TKey>(Dictionary<TKey, List<QuarantinedRecord>> entries, TKey key)
        where TKey : notnull => CollectionsMarshal.AsSpan(entries.GetValueOrDefault(key));

    private static void Add<TKey>(Dictionary<TKey, List<QuarantinedRecord>> entries, TKey key, QuarantinedRecord entry)
        where TKey : notnull
    {
        if (!entries.TryGetValue(key, out List<QuarantinedRecord>? list))
        {
            entries.Add(key, list = []);
        }

        list.Add(entry);
    }

    private static int HashOf(ReadOnlySpan<byte> bytes)
    {
        HashCode hash = default;
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    // Without the common beginning and the common end, what is left has no separator, whatever the format.
    private static bool DiffersInOneField(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, char separator)
    {
        int begin = one.CommonPrefixLength(other);
        int end = 0;
        while (end < Math.Min(one.Length, other.Length) - begin && one[^(end + 1)] == other[^(end + 1)])
        {
            end++;
        }

        return !HasSeparator(one[begin..^end], separator) && !HasSeparator(other[begin..^end], separator);
    }

    private static bool HasSeparator(ReadOnlySpan<byte> bytes, char separator) => bytes.IndexOfAny((byte)separator, (byte)'\n', (byte)'\r') >= 0;
}
