namespace Billing.Web.Client.Importing;

/// <summary>The files that the reader dropped. They stay while the reader looks at other pages.</summary>
public sealed class ImportTray
{
    private const long MostBytes = 200L * 1024 * 1024;

    /// <summary>Raised when a file went on.</summary>
    public event Action? Changed;

    /// <summary>The files, in the order in which they came.</summary>
    public List<ImportFile> Files { get; } = [];

    /// <summary>The file that is shown.</summary>
    public ImportFile? Shown { get; set; }

    /// <summary>Whether the imports that the browser keeps were looked for.</summary>
    public bool IsRestored { get; set; }

    /// <summary>The most bytes of a file that the browser reads.</summary>
    public static long Limit => MostBytes;

    /// <summary>Says that a file went on.</summary>
    public void Tell() => Changed?.Invoke();
}
