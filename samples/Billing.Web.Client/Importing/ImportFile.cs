using Billing.Web.Contracts;

namespace Billing.Web.Client.Importing;

/// <summary>A file that the reader dropped, and what is known of it.</summary>
public sealed class ImportFile(string name, byte[] bytes, string sha256)
{
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

    /// <summary>What the host would make of it.</summary>
    public PreviewReply? Preview { get; set; }

    /// <summary>The import on the host.</summary>
    public ImportReply? Import { get; set; }

    /// <summary>The entries that took the import back.</summary>
    public EntryReply? Undone { get; set; }

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
}
