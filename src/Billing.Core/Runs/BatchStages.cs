using System.Collections.Concurrent;
using System.Threading.Channels;
using Billing.Reports;
using Billing.Rows;
using Billing.Sources;

namespace Billing.Runs;

/// <summary>
/// The stages of a run before its records are written, each a batch ahead of the next: one reads rows, converts their amounts and writes their canonical
/// forms; the other hashes these, applies rules, counts equal rows and gives keys. Batches are handed over whole.
/// </summary>
/// <param name="limit">What ends a batch.</param>
/// <param name="batchesBeingWritten">The number of batches that are written at once.</param>
internal sealed class BatchStages(string sourceName, RecordReader reader, OpenedSource stream, RowProcessor processor, RunTally tally, Corrections corrections, IRowWatch? watch, BatchLimit limit, int batchesBeingWritten) : IDisposable
{
    private const int Stages = 2;
    private static readonly UnboundedChannelOptions s_oneToOne = new() { SingleReader = true, SingleWriter = true };

    // What a run holds in memory: the batches being written, and one in each stage.
    private readonly SemaphoreSlim _room = new(batchesBeingWritten + Stages);
    private readonly ConcurrentBag<BatchRows> _spare = [];
    private readonly Channel<BatchRows> _read = Channel.CreateUnbounded<BatchRows>(s_oneToOne);
    private readonly Channel<Batch> _finished = Channel.CreateUnbounded<Batch>(s_oneToOne);

    // Whether the ledger asked for most records of a batch: later batches then get them here, on a thread that writing does not wait for.
    private volatile bool _recordsAreAsked;

    /// <summary>The batches, in the order of the source. An exception of a stage comes after the batches before it.</summary>
    public ChannelReader<Batch> Batches => _finished.Reader;

    /// <summary>Runs the stages to the end of the source.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => EndAsync(ReadAllAsync(cancellationToken), _read.Writer), CancellationToken.None),
        Task.Run(() => EndAsync(FinishAllAsync(cancellationToken), _finished.Writer), CancellationToken.None));

    /// <summary>Gives back a batch that was written.</summary>
    public void Release(Batch batch)
    {
        _recordsAreAsked = _recordsAreAsked || batch.Pending.Count(record => record.IsMade) > batch.Pending.Count / 2;
        batch.Records.Close();
        if (batch.Reusable is { } rows)
        {
            rows.Clear();
            _spare.Add(rows);
        }

        _room.Release();
    }

    public void Dispose() => _room.Dispose();

    private static async Task EndAsync<T>(Task stage, ChannelWriter<T> output)
    {
        try
        {
            await stage.ConfigureAwait(false);
            output.Complete();
        }
        catch (Exception e)
        {
            output.Complete(e);
            throw;
        }
    }

    private async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        TotalsAccumulator read = new();
        bool more;
        do
        {
            await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
            BatchRows batch = _spare.TryTake(out BatchRows? used) ? used : new BatchRows(mostKept: 2 * limit.Bytes);
            more = await ReadAsync(batch, read, cancellationToken).ConfigureAwait(false);
            if (batch.Rows.Count == 0)
            {
                _spare.Add(batch);
                _room.Release();
                continue;
            }

            batch.Read = read.ToControlTotals();
            batch.BytesRead = stream.Bytes.BytesRead;
            await _read.Writer.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        while (more);
    }

    private async ValueTask<bool> ReadAsync(BatchRows batch, TotalsAccumulator read, CancellationToken cancellationToken)
    {
        bool more = true;
        long bytes = 0;
        while (more && batch.Rows.Count < limit.Rows && bytes < limit.Bytes)
        {
            int rows = batch.Rows.Count;
            more = await reader.ReadAsync(batch.Rows, Math.Min(rows + BatchRows.AtOnce, limit.Rows), (int)(limit.Bytes - bytes), cancellationToken).ConfigureAwait(false);
            bytes += Begin(batch, rows, read);
        }

        return more;
    }

    private long Begin(BatchRows batch, int from, TotalsAccumulator read)
    {
        long bytes = 0;
        ReadOnlySpan<ParsedRow> rows = batch.Rows.Span[from..];
        foreach (ParsedRow row in rows)
        {
            tally.Read(read, row);
            bytes += row.Raw.Length;
        }

        processor.Begin(rows, sourceName, batch);
        return bytes;
    }

    private async Task FinishAllAsync(CancellationToken cancellationToken)
    {
        await foreach (BatchRows batch in _read.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            await _finished.Writer.WriteAsync(Finish(batch), cancellationToken).ConfigureAwait(false);
        }
    }

    private Batch Finish(BatchRows rows)
    {
        processor.Finish(rows);
        Batch batch = new(rows.Pending) { Reusable = rows, Read = rows.Read, BytesRead = rows.BytesRead };
        for (int i = 0; i < rows.Pending.Count; i++)
        {
            corrections.Note(batch, i);
        }

        watch?.Note(rows.Pending.Span);
        if (_recordsAreAsked)
        {
            MakeRecords(rows.Pending.Span);
        }

        if (rows.Pending.Count < rows.Rows.Count)
        {
            batch.Quarantined.AddRange(rows.Rows.Where(row => row.Fault is not null).Select(row => processor.Quarantine(row, sourceName, row.Fault!, reader)));
        }

        return batch;
    }

    private static void MakeRecords(ReadOnlySpan<PendingRecord> pending)
    {
        foreach (PendingRecord record in pending)
        {
            _ = record.Record;
        }
    }
}
