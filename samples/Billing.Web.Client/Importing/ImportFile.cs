using Billing.Web.Client.Host;
using Billing.Web.Contracts;

namespace Billing.Web.Client.Importing;

/// <summary>A file that the reader dropped, and what is known of it.</summary>
public sealed class ImportFile(string name, byte[] bytes, string sha256) : IDisposable
{
    private CancellationTokenSource _reading = new();
    private int _turn;

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Its bytes, in the browser.</summary>
    public byte[] Bytes => bytes;

    /// <summary>The SHA-256 of its bytes.</summary>
    public string Sha256 => sha256;

    /// <summary>How far it is.</summary>
    public ImportStage Stage { get; set; }

    /// <summary>What was found in it; null if it cannot be read.</summary>
    public LayoutProposal? Proposal { get; set; }

    /// <summary>The layout, with what the reader changed.</summary>
    public SourceLayout Layout { get; set; } = SourceLayout.Default;

    /// <summary>Its scope, as typed.</summary>
    public string Scope { get; set; } = "";

    /// <summary>The rates of the preview in the browser, as typed, such as CAD=0.75; empty for those of the host.</summary>
    public string Rates { get; set; } = "";

    /// <summary>The rates that the host was asked for; null before the first reading.</summary>
    public HostRates? HostRates { get; set; }

    /// <summary>Why <see cref="Rates"/> cannot be read, or null.</summary>
    public string? RatesFault { get; set; }

    /// <summary>What the sender states, as typed.</summary>
    public ExpectedFigures Expected { get; } = new();

    /// <summary>What the browser made of it.</summary>
    public LocalPreview? Local { get; set; }

    /// <summary>How often the browser has read it.</summary>
    public int Reads { get; set; }

    /// <summary>How much of it was read or sent, from 0 to 100; null where nothing runs.</summary>
    public int? Percent { get; set; }

    /// <summary>Why it cannot go on.</summary>
    public string? Fault { get; set; }

    /// <summary>The upload on the host.</summary>
    public UploadReply? Upload { get; set; }

    /// <summary>The layout that <see cref="Proposal"/> is of.</summary>
    public SourceLayout? Inspected { get; set; }

    /// <summary>What the host would make of it, by the terms that are shown; null as soon as one of them changes.</summary>
    public LedgerComparison? Comparison { get; private set; }

    /// <summary>Whether it is being sent and compared.</summary>
    public bool IsSending { get; set; }

    /// <summary>Whether an import of it is being asked for, or taken back.</summary>
    public bool IsAsking { get; set; }

    /// <summary>Whether its import was asked to stop.</summary>
    public bool IsStopping { get; set; }

    /// <summary>Whether an import was asked for and no answer came: it may have begun.</summary>
    public bool IsUnanswered { get; set; }

    /// <summary>Whether the page does not hear how its import goes on.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>The import on the host.</summary>
    public ImportReply? Import { get; set; }

    /// <summary>What the browser keeps of the import.</summary>
    public KeptImport? Kept { get; set; }

    /// <summary>Whether the import was taken back, with every run that it had.</summary>
    public bool IsUndone { get; set; }

    /// <summary>Why the host refused it, or null.</summary>
    public ProblemReply? Problem { get; set; }

    /// <summary>Whether the host could not be reached.</summary>
    public bool IsOffline { get; set; }

    /// <summary>The fields of <see cref="Expected"/> that cannot be read.</summary>
    public IReadOnlyList<string> ExpectedFaults { get; set; } = [];

    /// <summary>The key under which the browser keeps the layout of files with these columns.</summary>
    public string? Memory { get; set; }

    /// <summary>Whether the layout is that of an earlier file with the same columns.</summary>
    public bool IsRemembered { get; set; }

    /// <summary>Whether what is shown of it was made with the terms that are shown.</summary>
    public bool IsFresh => Stage is ImportStage.Local or ImportStage.Compared && Local is { Report: not null } && ExpectedFaults.Count == 0 && RatesFault is null;

    /// <summary>Begins another reading: what an earlier one still finds is no longer taken, and what it was compared with is no longer shown.</summary>
    /// <returns>The number of the reading, and what ends it when the next one begins.</returns>
    public (int Number, CancellationToken Ended) Begin()
    {
        Dispose();
        _reading = new CancellationTokenSource();
        Comparison = null;
        return (_turn, _reading.Token);
    }

    /// <summary>The number of the reading that is shown.</summary>
    public int Turn => _turn;

    /// <summary>Shows a comparison, if no term has changed since.</summary>
    public void Show(LedgerComparison comparison, int turn)
    {
        if (turn == _turn)
        {
            (Comparison, Stage) = (comparison, ImportStage.Compared);
        }
    }

    /// <summary>Shows why the host refused, or that it cannot be reached.</summary>
    public void Take<T>(Reply<T> reply)
        where T : class => (Problem, IsOffline) = (reply.Problem, reply.IsOffline);

    /// <summary>Ends the reading.</summary>
    public void Dispose()
    {
        _turn++;
        _reading.Cancel();
        _reading.Dispose();
    }
}
