using System.Text.RegularExpressions;

namespace Billing.Core.Tests.HouseRules;

/// <summary>What the README names is there.</summary>
public sealed partial class ReadmeTests
{
    private static string Readme => File.ReadAllText(Repository.PathTo("README.md"));

    [Fact]
    public void Every_test_that_the_README_names_as_a_proof_exists()
    {
        string tests = string.Concat(Directory.EnumerateFiles(Repository.PathTo("tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        string[] named = [.. TestName().Matches(Readme).SelectMany(match => match.Groups.Values.Skip(1)).Where(group => group.Success).Select(group => group.Value)];
        Assert.True(named.Length > 10, "The README names hardly any test.");
        string[] missing = [.. named.Where(name => !Regex.IsMatch(tests, $@"\b(class|void|Task) {Regex.Escape(name)}\b"))];
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_file_that_the_README_links_to_exists()
    {
        string[] missing = [.. Link().Matches(Readme).Select(match => match.Groups[1].Value)
            .Where(link => !link.Contains("://", StringComparison.Ordinal))
            .Where(link => !File.Exists(Repository.PathTo(link)))];
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_word_of_the_first_command_is_a_file_or_an_option_that_is_there()
    {
        string command = Readme.Split('\n').First(line => line.StartsWith("dotnet run", StringComparison.Ordinal));
        string[] files = [.. command.Split(' ').Where(word => word.StartsWith("samples/", StringComparison.Ordinal))];
        Assert.NotEmpty(files);
        string[] missing = [.. files.Where(file => file.Contains('*', StringComparison.Ordinal)
            ? Directory.GetFiles(Repository.PathTo(Path.GetDirectoryName(file)!), Path.GetFileName(file)).Length != 3
            : !File.Exists(Repository.PathTo(file)) && !Directory.Exists(Repository.PathTo(file)))];
        Assert.Empty(missing);
    }

    [GeneratedRegex(@"`(\w+(?:Tests|Suite))(?:\.(\w+))?`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"\]\(([^)#]+)\)")]
    private static partial Regex Link();
}
