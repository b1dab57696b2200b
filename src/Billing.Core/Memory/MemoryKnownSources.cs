using System.Globalization;

namespace Billing.Memory;

/// <summary>The sources that runs took whole. Its caller holds the lock.</summary>
internal sealed class MemoryKnownSources
{
    private readonly Dictionary<string, (string RunId, string Mark)> _runs = new(StringComparer.Ordinal);
    private long _edits;

    public string Mark => _edits.ToString(CultureInfo.InvariantCulture);

    public void Remember(string terms, string runId, string mark) => _runs[terms] = (runId, mark);

    /// <summary>Records change: what was remembered is no longer true of them.</summary>
    public void Forget() => _edits++;

    public string? Find(string terms) => _runs.TryGetValue(terms, out (string RunId, string Mark) known) && known.Mark == Mark ? known.RunId : null;
}
