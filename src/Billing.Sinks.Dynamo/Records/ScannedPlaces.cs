namespace Billing.Sinks.Dynamo.Records;

/// <summary>
/// The order of what one scan found, some 150 bytes a record, and some 50 more once records are looked up by their keys, so that the pages that follow get their items by key. Of very many records it has those that come
/// first after where the scan was to begin; after these, another scan goes on.
/// </summary>
internal sealed class ScannedPlaces(RecordQuery query, ScannedPlace after, long scan, int most)
{
    /// <summary>What was scanned longer ago may lack what others have written since.</summary>
    public static readonly TimeSpan LongestUse = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly RecordQuery _filters = FiltersOf(query);
    private readonly List<ScannedPlace> _places = [];
    private Dictionary<RecordKey, string>? _byKey;
    private ScannedPlace? _end;
    private bool _isSorted;
    private DateTimeOffset? _scannedAt;

    /// <summary>The number of the scan: later ones have greater numbers.</summary>
    public long Scan => scan;

    /// <summary>Whether the scan has ended.</summary>
    public bool IsComplete => _scannedAt is not null;

    /// <summary>Takes a record that the scan found, or that was written since it began.</summary>
    public void Add(BillingRecord record, string itemKey)
    {
        ScannedPlace place = new(RecordPosition.Of(record), itemKey);
        lock (_lock)
        {
            if (!query.Matches(record) || place.CompareTo(after) <= 0 || (_end is { } end && place.CompareTo(end) > 0))
            {
                return;
            }

            _places.Add(place);
            _isSorted = false;
            _byKey?[record.Key] = itemKey;
            if (_places.Count > most + (most / 4))
            {
                Cut();
            }
        }
    }

    /// <summary>Ends the scan.</summary>
    public void Complete(DateTimeOffset now)
    {
        lock (_lock)
        {
            Cut();
            _scannedAt = now;
        }
    }

    /// <summary>Whether a page of a query goes on here.</summary>
    /// <param name="asked">The query.</param>
    /// <param name="from">What the page begins after.</param>
    /// <param name="earliest">The number of the earliest scan that knows all that the caller may have seen.</param>
    /// <param name="now">The time.</param>
    public bool Serves(RecordQuery asked, ScannedPlace from, long earliest, DateTimeOffset now)
    {
        lock (_lock)
        {
            return scan >= earliest
                && now - _scannedAt <= LongestUse
                && _filters == FiltersOf(asked)
                && from.CompareTo(after) >= 0
                && (_end is not { } end || from.CompareTo(end) < 0);
        }
    }

    /// <summary>Some of the places after one, in order.</summary>
    /// <param name="place">The place; the default for the beginning.</param>
    /// <param name="count">The most places to return.</param>
    /// <param name="isEnd">Whether there is none, here or in a later scan.</param>
    public IReadOnlyList<ScannedPlace> After(ScannedPlace place, int count, out bool isEnd)
    {
        lock (_lock)
        {
            Sort();
            int index = _places.BinarySearch(place);
            int first = index >= 0 ? index + 1 : ~index;
            isEnd = first == _places.Count && _end is null;
            return _places.GetRange(first, Math.Min(count, _places.Count - first));
        }
    }

    /// <summary>The keys of the items where records with some of these keys were.</summary>
    public IReadOnlyList<string> Of(IReadOnlySet<RecordKey> keys)
    {
        lock (_lock)
        {
            if (!IsComplete)
            {
                return [];
            }

            _byKey ??= IndexByKey();
            List<string> found = [];
            foreach (RecordKey key in keys)
            {
                if (_byKey.TryGetValue(key, out string? itemKey))
                {
                    found.Add(itemKey);
                }
            }

            return found;
        }
    }

    private static RecordQuery FiltersOf(RecordQuery query) => query with { PageSize = 1, MostBytes = null, ContinuationToken = null };

    private Dictionary<RecordKey, string> IndexByKey()
    {
        Dictionary<RecordKey, string> byKey = new(_places.Count);
        foreach (ScannedPlace place in _places)
        {
            byKey.TryAdd(place.Position.Key, place.ItemKey!);
        }

        return byKey;
    }

    // What is written during a scan may be found by it too.
    private void Sort()
    {
        if (_isSorted)
        {
            return;
        }

        _places.Sort();
        int kept = 0;
        for (int i = 0; i < _places.Count; i++)
        {
            if (kept == 0 || _places[i] != _places[kept - 1])
            {
                _places[kept++] = _places[i];
            }
        }

        _places.RemoveRange(kept, _places.Count - kept);
        _isSorted = true;
    }

    private void Cut()
    {
        Sort();
        if (_places.Count > most)
        {
            _places.RemoveRange(most, _places.Count - most);
            _end = _places[^1];
            _byKey = null;
        }
    }
}
