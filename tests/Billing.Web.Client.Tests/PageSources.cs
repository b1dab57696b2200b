namespace Billing.Web.Client.Tests;

/// <summary>The source of the page.</summary>
internal static class PageSources
{
    /// <summary>Its folder.</summary>
    public static string Folder { get; } = Repository.PathTo("samples", "Billing.Web.Client");

    /// <summary>The components.</summary>
    public static TheoryData<string> Components => [.. Files("*.razor").Where(file => !file.StartsWith('_')).Order(StringComparer.Ordinal)];

    /// <summary>The paths of files, from the folder.</summary>
    public static IEnumerable<string> Files(string pattern) => Directory.EnumerateFiles(Folder, pattern, SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file));

    /// <summary>The text of a file.</summary>
    public static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));
}
