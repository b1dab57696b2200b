using Billing.Fingerprints;

namespace Billing.Occurrences;

/// <summary>Merges several runs into one.</summary>
internal static class SpilledRunMerge
{
    /// <summary>Writes each digest of the runs once, with its newest count. The runs cannot be searched after that; the caller disposes them.</summary>
    public static SpilledRun Merge(ReadOnlySpan<SpilledRun> runs, string folder, BloomBlocks blocks)
    {
        long capacity = 0;
        foreach (SpilledRun run in runs)
        {
            capacity += run.Count;
            run.ReleaseFilter(blocks);
        }

        List<SpilledRunCursor> all = [];
        try
        {
            List<SpilledRunCursor> open = [];
            foreach (SpilledRun run in runs)
            {
                SpilledRunCursor cursor = new(run);
                all.Add(cursor);
                if (cursor.MoveNext())
                {
                    open.Add(cursor);
                }
            }

            using SpilledRunWriter writer = new(folder, capacity, blocks);
            while (open.Count > 0)
            {
                TakeSmallest(open, writer);
            }

            return writer.Complete();
        }
        finally
        {
            foreach (SpilledRunCursor cursor in all)
            {
                cursor.Dispose();
            }
        }
    }

    private static void TakeSmallest(List<SpilledRunCursor> open, SpilledRunWriter writer)
    {
        Sha256Digest smallest = open[0].Key;
        for (int i = 1; i < open.Count; i++)
        {
            if (open[i].Key.CompareTo(smallest) < 0)
            {
                smallest = open[i].Key;
            }
        }

        // Counts only grow, so the newest is the largest; a number stays as it is.
        int count = 0;
        for (int i = open.Count - 1; i >= 0; i--)
        {
            if (open[i].Key.Equals(smallest))
            {
                count = Math.Max(count, open[i].Count);
                if (!open[i].MoveNext())
                {
                    open.RemoveAt(i);
                }
            }
        }

        writer.Add(smallest, count);
    }
}
