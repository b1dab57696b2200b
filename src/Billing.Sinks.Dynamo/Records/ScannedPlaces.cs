namespace Billing.Sinks.Dynamo.Records;

/// <summary>
/// The order of what one scan found, some 150 bytes a record, and some 50 more once records are looked up by their keys, so that the pages that follow get their items by key. Of very many records it has those that come
/// first after where the scan was to begin; after these, another scan goes on.
/// </summary>
internal sealed class ScannedPlaces(RecordQuery query, RecordPosition? after, DateTimeOffset scannedAt, int most)
{
    private static readonly TimeSpan s_longestUse = TimeSpan.FromMinutes(10);

    private readonly RecordQuery _filters = FiltersOf(query);
    private readonly List<ScannedPlace> _places = [];
    private Dictionary<RecordKey, int>? _byKey;

    /// <summary>Whether nothing comes after the last place.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Takes a record that the scan found.</summary>
    public void Add(RecordPosition position, string itemKey)
    {
        if (after is { } last && position <= last)
        {
            return;
        }

        _places.Add(new ScannedPlace(position, itemKey));
        if (_places.Count >= 2L * most)
        {
            Cut();
        }
    }

    /// <summary>Sorts, when the scan has ended.</summary>
    public ScannedPlaces Complete()
    {
        Cut();
        return this;
    }

    /// <summary>Whether a page of a query goes on here. What was scanned long ago may lack what was written since.</summary>
    public bool Serves(RecordQuery asked, RecordPosition? from, DateTimeOffset now) =>
        now - scannedAt <= s_longestUse
        && _filters == FiltersOf(asked)
        && (after is null || from >= after)
        && (IsWhole || from is null || (_places.Count > 0 && from < _places[^1].Position));

    /// <summary>Some of the places after a position, in order.</summary>
    public IReadOnlyList<ScannedPlace> After(RecordPosition? position, int count)
    {
        int first = position is { } last ? CountUpTo(last) : 0;
        return _places.GetRange(first, Math.Min(count, _places.Count - first));
    }

    /// <summary>The places of records with some of these keys.</summary>
    public IReadOnlyList<ScannedPlace> Of(IReadOnlySet<RecordKey> keys)
    {
        Dictionary<RecordKey, int> byKey = LazyInitializer.EnsureInitialized(ref _byKey, IndexByKey);
        List<ScannedPlace> found = [];
        foreach (RecordKey key in keys)
        {
            if (byKey.TryGetValue(key, out int index))
            {
                found.Add(_places[index]);
            }
        }

        return found;
    }

    private static RecordQuery FiltersOf(RecordQuery query) => query with { PageSize = 1, MostBytes = null, ContinuationToken = null };

    private int CountUpTo(RecordPosition position)
    {
        int first = 0;
        int end = _places.Count;
        while (first < end)
        {
            int middle = first + ((end - first) / 2);
            (first, end) = _places[middle].Position <= position ? (middle + 1, end) : (first, middle);
        }

        return first;
    }

    private Dictionary<RecordKey, int> IndexByKey()
    {
        Dictionary<RecordKey, int> byKey = new(_places.Count);
        for (int i = 0; i < _places.Count; i++)
        {
            byKey.TryAdd(_places[i].Position.Key, i);
        }

        return byKey;
    }

    private void Cut()
    {
        _places.Sort((left, right) => left.Position.CompareTo(right.Position));
        if (_places.Count > most)
        {
            _places.RemoveRange(most, _places.Count - most);
            IsWhole = false;
        }
    }
}
