using System.Text;
using System.Text.RegularExpressions;

namespace Billing.Lambda.Tests;

/// <summary>What is deployed.</summary>
public sealed partial class PublishedTests
{
    [Fact]
    public void It_is_one_file_that_Lambda_starts() =>
        Assert.Equal(["bootstrap"], Directory.EnumerateFileSystemEntries(NativeFunctions.Folder).Select(Path.GetFileName));

    [Fact]
    public void It_asks_for_no_later_C_library_than_Lambda_has()
    {
        // Amazon Linux 2023 has glibc 2.34.
        Version[] asked = [.. GlibcVersion().Matches(Encoding.Latin1.GetString(File.ReadAllBytes(NativeFunctions.Program))).Select(match => Version.Parse(match.Groups[1].ValueSpan))];
        Assert.NotEmpty(asked);
        Assert.True(asked.Max() <= new Version(2, 34), $"It asks for glibc {asked.Max()}: publish on an older system.");
    }

    [GeneratedRegex(@"GLIBC_(\d+\.\d+)")]
    private static partial Regex GlibcVersion();
}
