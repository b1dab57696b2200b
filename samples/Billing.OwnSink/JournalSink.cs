using System.Globalization;
using System.Text;

namespace Billing.OwnSink;

/// <summary>A journal for accountants: a text file with one line per record, each record once.</summary>
internal sealed class JournalSink : IBillingSink, IDisposable
{
    private readonly FileStream _file;
    private readonly SemaphoreSlim _turn = new(1, 1);

    // The lines of the file by key. Everything in here is on disk.
    private readonly Dictionary<string, (string Fingerprint, string Source)> _lines = new(StringComparer.Ordinal);

    public JournalSink(string path)
    {
        // No other program writes meanwhile.
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        Name = $"journal {path}";
        ReadLines();
    }

    public string Name { get; }

    public async ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        // Several runs may write at once.
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await AppendAsync(records, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    // The ledger keeps the quarantine and the runs.
    public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public void Dispose()
    {
        _turn.Dispose();
        _file.Dispose();
    }

    private async Task<IReadOnlyList<WriteOutcome>> AppendAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        List<WriteOutcome> outcomes = [];
        Dictionary<string, (string Fingerprint, string Source)> added = new(StringComparer.Ordinal);
        StringBuilder text = new();
        foreach (BillingRecord record in records)
        {
            string key = record.Key.ToString();
            string fingerprint = record.Fingerprint.ToString();
            if (added.TryGetValue(key, out (string Fingerprint, string Source) known) || _lines.TryGetValue(key, out known))
            {
                // Nothing is overwritten: the same record again is a duplicate; other content is a conflict.
                outcomes.Add(known.Fingerprint == fingerprint ? WriteOutcome.Duplicate(known.Source) : WriteOutcome.Conflict(known.Source, Fingerprint.Parse(known.Fingerprint)));
            }
            else if (record.Source.Name.AsSpan().IndexOfAny("\t\r\n") >= 0)
            {
                // A record that cannot be kept exactly is refused, with the reason.
                outcomes.Add(WriteOutcome.Refused("The source name contains a tab or a line break, which a line of the journal cannot hold. Rename the source."));
            }
            else
            {
                added.Add(key, (fingerprint, record.Source.Name));
                text.Append(CultureInfo.InvariantCulture, $"{key}\t{fingerprint}\t{record.Source.Name}\t{record.Date:yyyy-MM-dd}\t{record.Amount.Amount}\t{record.Amount.Currency}\t{record.ReportingAmount.Amount}\n");
                outcomes.Add(WriteOutcome.Stored);
            }
        }

        // When the method returns, the records are durable. A failure is thrown, and the run is recorded as failed.
        long end = _file.Length;
        try
        {
            await _file.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
            _file.Flush(flushToDisk: true);
        }
        catch
        {
            // Half a batch would be written again.
            _file.SetLength(end);
            throw;
        }

        foreach ((string key, (string Fingerprint, string Source) line) in added)
        {
            _lines.Add(key, line);
        }

        return outcomes;
    }

    // A line without an end was being written when the process was killed. Its record was not acknowledged, and is delivered again.
    private void ReadLines()
    {
        using StreamReader reader = new(_file, Encoding.UTF8, leaveOpen: true);
        string text = reader.ReadToEnd();
        int end = text.LastIndexOf('\n') + 1;
        foreach (string line in text[..end].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] fields = line.Split('\t');
            _lines.Add(fields[0], (fields[1], fields[2]));
        }

        _file.SetLength(Encoding.UTF8.GetByteCount(text.AsSpan(0, end)));
        _file.Seek(0, SeekOrigin.End);
    }
}
