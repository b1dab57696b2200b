using System.Text.RegularExpressions;

namespace Billing.Core.Tests.HouseRules;

/// <summary>A name says which type is meant, in all packages and samples.</summary>
public sealed partial class TypeNameTests
{
    // Every sentence that a package logs stands in its Log.
    private static readonly string[] s_shared = ["Log"];

    private static readonly ILookup<string, string> s_files = Types();

    [Fact]
    public void No_two_types_share_a_name()
    {
        string[] wrong = [.. s_files.Where(type => type.Distinct().Skip(1).Any() && !s_shared.Contains(type.Key))
            .Select(type => $"{type.Key}: {string.Join(", ", type.Distinct())}")];
        Assert.True(s_files.Count > 500, "Hardly any type was found.");
        Assert.Empty(wrong);
    }

    [Fact]
    public void What_may_be_shared_is_shared() =>
        Assert.All(s_shared, name => Assert.True(s_files[name].Skip(1).Any(), $"No two types are named {name} any more: take it off the list."));

    private static ILookup<string, string> Types() => ((string[])["src", "samples"])
        .SelectMany(folder => Directory.EnumerateFiles(Repository.PathTo(folder), "*.cs", SearchOption.AllDirectories))
        .SelectMany(file => Declaration().Matches(File.ReadAllText(file)).Select(match => (Name: match.Groups[1].Value, File: Path.GetRelativePath(Repository.Root, file))))
        .ToLookup(type => type.Name, type => type.File);

    [GeneratedRegex(@"^(?:(?:public|internal|static|sealed|abstract|partial|readonly|ref) )*(?:class|struct|record struct|record|interface|enum|delegate [^\s(]+) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
