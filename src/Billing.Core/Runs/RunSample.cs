using Billing.Rows;

namespace Billing.Runs;

/// <summary>What a sample of a run looks like: its rows as they were read, and whether its records have a category.</summary>
internal sealed class RunSample
{
    // Of each batch.
    private const int MostRecords = 256;

    /// <summary>The rows.</summary>
    public RowSample Rows { get; } = new();

    /// <summary>Whether the source is CSV.</summary>
    public bool IsCsv { get; private set; }

    /// <summary>The number of records whose category was looked at.</summary>
    public long Categorised { get; private set; }

    /// <summary>Those of them without one.</summary>
    public long Uncategorised { get; private set; }

    /// <summary>Begins to look at the rows of a reader, none of which was read yet.</summary>
    public void LookAt(RecordReader reader)
    {
        reader.Sample = Rows;
        IsCsv = reader.Format == SourceFormat.Csv;
    }

    /// <summary>Looks at the first records of a batch.</summary>
    public void Note(Batch batch)
    {
        int count = Math.Min(batch.Pending.Count, MostRecords);
        for (int i = 0; i < count; i++)
        {
            Uncategorised += batch.Pending[i].Categorisation.Category is null ? 1 : 0;
        }

        Categorised += count;
    }
}
