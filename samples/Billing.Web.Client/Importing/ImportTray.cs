namespace Billing.Web.Client.Importing;

/// <summary>The files that the reader dropped. They stay while the reader looks at other pages.</summary>
public sealed class ImportTray
{
    private const long MostBytes = 200L * 1024 * 1024;

    /// <summary>The files, in the order in which they came.</summary>
    public List<ImportFile> Files { get; } = [];

    /// <summary>The file that is shown.</summary>
    public ImportFile? Shown { get; set; }

    /// <summary>The most bytes of a file that the browser reads.</summary>
    public static long Limit => MostBytes;
}
