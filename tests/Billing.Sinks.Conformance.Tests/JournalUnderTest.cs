using Billing.OwnSink;

namespace Billing.Sinks.Conformance.Tests;

/// <summary>The journal in a folder of its own; one process has it open at a time.</summary>
public sealed class JournalUnderTest : ISinkUnderTest
{
    private readonly string _folder = Directory.CreateTempSubdirectory("journal").FullName;
    private JournalSink? _journal;

    private string JournalPath => Path.Combine(_folder, "journal.tsv");

    // A journal does not say which run wrote a line.
    public bool TellsTotalsOfRuns => false;

    public IBillingSink Connect() => _journal ??= new JournalSink(JournalPath);

    public IBillingSink Reopen()
    {
        _journal?.Dispose();
        return _journal = new JournalSink(JournalPath);
    }

    public async ValueTask<IReadOnlyList<RecordKey>?> ReadKeysAsync(CancellationToken cancellationToken)
    {
        using StreamReader reader = new(new FileStream(JournalPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
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
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
