using Billing.OwnSink;

namespace Billing.Sinks.Conformance.Tests;

/// <summary>The journal of docs/own-sink.md, which one process has open at a time.</summary>
public sealed class JournalUnderTest : ISinkUnderTest
{
    private readonly string _path = Path.Combine(Some.Folder(), "journal.tsv");
    private JournalSink? _journal;

    /// <summary>A journal does not say which run wrote a line.</summary>
    public bool TellsTotalsOfRuns => false;

    public IBillingSink Connect() => _journal ??= new JournalSink(_path);

    public IBillingSink Reopen()
    {
        _journal?.Dispose();
        return _journal = new JournalSink(_path);
    }

    public async ValueTask<IReadOnlyList<RecordKey>?> ReadKeysAsync(CancellationToken cancellationToken)
    {
        using StreamReader reader = new(new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        List<RecordKey> keys = [];
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            keys.Add(RecordKey.Parse(line.Split('\t')[0]));
        }

        return keys;
    }

    public ValueTask DisposeAsync()
    {
        _journal?.Dispose();
        Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);
        return ValueTask.CompletedTask;
    }
}
