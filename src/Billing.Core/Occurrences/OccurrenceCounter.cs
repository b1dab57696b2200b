using System.Runtime.CompilerServices;
using Billing.Fingerprints;

namespace Billing.Occurrences;

/// <summary>Counts equal digests exactly, in bounded memory: a table up to a limit, then sorted runs in temporary files. Not thread-safe.</summary>
/// <remarks>
/// With the default limit, 20 million different digests take about 66 MB: 50 MB for the table, 15 MB for Bloom filters, 1.3 MB for
/// the places in the files; and 0.7 GB of temporary files, twice that while runs are merged.
/// </remarks>
internal sealed class OccurrenceCounter : IDisposable
{
    /// <summary>The default number of digests in the table.</summary>
    public const int DefaultTableLimit = 1024 * 1024;

    // Four runs of one tier become one of the next: each digest is written log4(n) times, and at most 3 runs stay per tier.
    private const int MergeWidth = 4;

    private readonly string _folder;
    private readonly OccurrenceTable _table;
    private readonly BloomBlocks _blocks = new();
    private readonly byte[] _block = new byte[SpilledRun.BlockSize];

    // Oldest first; the tier never rises from one run to the next.
    private readonly List<(SpilledRun Run, int Tier)> _runs = [];
    private bool _broken;

    /// <summary>Creates a counter that spills to the system's temporary folder.</summary>
    public OccurrenceCounter()
        : this(DefaultTableLimit, Path.GetTempPath())
    {
    }

    public OccurrenceCounter(int tableLimit, string folder)
    {
        _table = new OccurrenceTable(tableLimit);
        _folder = folder;
    }

    /// <summary>The number of temporary files in use.</summary>
    public int SpilledRuns => _runs.Count;

    /// <summary>Says which digests are counted next, which makes that faster.</summary>
    public void Prepare(ReadOnlySpan<Sha256Digest> digests) => _table.Prepare(digests);

    /// <summary>Counts a digest.</summary>
    /// <returns>How often it was counted, including this time.</returns>
    /// <exception cref="IOException">The temporary folder cannot take the counts.</exception>
    /// <exception cref="InvalidOperationException">An earlier call failed in this way: the counts are lost.</exception>
    public int Next(in Sha256Digest digest)
    {
        DemandWhole();
        ref int count = ref _table.Find(digest, out int slot);
        if (!Unsafe.IsNullRef(ref count))
        {
            return checked(++count);
        }

        int next = checked(FindSpilled(digest) + 1);
        Add(digest, next, slot);
        return next;
    }

    /// <summary>Gives a digest a number, unless it has one.</summary>
    /// <returns>The number that it has had; 0 if it has this one now.</returns>
    /// <exception cref="IOException">As for <see cref="Next"/>.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="Next"/>.</exception>
    public int TryAdd(in Sha256Digest digest, int number)
    {
        DemandWhole();
        ref int held = ref _table.Find(digest, out int slot);
        if (!Unsafe.IsNullRef(ref held))
        {
            return held;
        }

        int spilled = FindSpilled(digest);
        if (spilled == 0)
        {
            Add(digest, number, slot);
        }

        return spilled;
    }

    /// <summary>The count or number of a digest; 0 if it has none.</summary>
    public int Find(in Sha256Digest digest)
    {
        DemandWhole();
        ref int held = ref _table.Find(digest, out _);
        return Unsafe.IsNullRef(ref held) ? FindSpilled(digest) : held;
    }

    public void Dispose()
    {
        foreach ((SpilledRun run, _) in _runs)
        {
            run.Dispose();
        }

        _runs.Clear();
    }

    private void DemandWhole()
    {
        if (_broken)
        {
            throw new InvalidOperationException("Counting failed before, and the counts are lost. Run again.");
        }
    }

    private void Add(in Sha256Digest digest, int number, int slot)
    {
        if (_table.IsFull)
        {
            _broken = true;
            Spill();
            _broken = false;
            _ = _table.Find(digest, out slot);
        }

        _table.Add(digest, number, slot);
    }

    private int FindSpilled(in Sha256Digest digest)
    {
        for (int i = _runs.Count - 1; i >= 0; i--)
        {
            int count = _runs[i].Run.Find(digest, _block);
            if (count > 0)
            {
                return count;
            }
        }

        return 0;
    }

    private void Spill()
    {
        _runs.Add((WriteTable(), 0));
        _table.Clear();
        while (_runs.Count >= MergeWidth && _runs[^MergeWidth].Tier == _runs[^1].Tier)
        {
            MergeNewest();
        }
    }

    private SpilledRun WriteTable()
    {
        OccurrenceEntry[] entries = _table.Sorted();
        using SpilledRunWriter writer = new(_folder, entries.Length, _blocks);
        foreach (OccurrenceEntry entry in entries)
        {
            writer.Add(entry.Key, entry.Count);
        }

        return writer.Complete();
    }

    private void MergeNewest()
    {
        int first = _runs.Count - MergeWidth;
        int tier = _runs[first].Tier + 1;
        SpilledRun[] merged = [.. _runs[first..].Select(run => run.Run)];
        SpilledRun result = SpilledRunMerge.Merge(merged, _folder, _blocks);
        _runs.RemoveRange(first, MergeWidth);
        _runs.Add((result, tier));
        foreach (SpilledRun run in merged)
        {
            run.Dispose();
        }
    }
}
