using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Billing.Docs.Tests;

/// <summary>No page names a command or an option that is not there, and none shows a command that nothing runs.</summary>
public sealed partial class CommandTests
{
    private static readonly ConcurrentDictionary<string, Task<string>> Help = new(StringComparer.Ordinal);

    public static TheoryData<string> Pages =>
    [
        "README.md",
        .. Directory.EnumerateFiles(Repository.PathTo("docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Repository.PathTo("samples"), "README.md", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Repository.Root, path)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_names_only_commands_and_options_that_are_there(string path)
    {
        foreach (Block block in DocsPage.Load(path).Blocks.Where(block => block.Kind is "" or "sh"))
        {
            foreach (string line in Usages(block))
            {
                string help = await Help.GetOrAdd(CommandOf(line), HelpAsync);
                foreach (string option in Option().Matches(line).Select(match => match.Value))
                {
                    Assert.True(Regex.IsMatch(help, $@"(?<![\w-]){Regex.Escape(option)}(?![\w-])"), $"{path}:{block.Line}: '{line}' names {option}, of which 'billing {CommandOf(line)} --help' knows nothing.");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_shows_only_commands_that_something_runs(string path)
    {
        if (TutorialTests.Followed.Contains(path))
        {
            return;
        }

        foreach (Block block in DocsPage.Load(path).Blocks.Where(block => block.Kind == "sh"))
        {
            Assert.All(DocsPage.Commands(block), command => Assert.True(Elsewhere.Covers(command), $"{path}:{block.Line}: nothing runs '{command}'. Add the page to TutorialTests, or say in Elsewhere which test runs it."));
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_command_that_can_be_run_as_it_stands_is_run(string path)
    {
        foreach (Block block in DocsPage.Load(path).Blocks.Where(block => block.Kind.Length == 0))
        {
            Assert.All(
                Usages(block).Where(line => !Placeholder().IsMatch(line)),
                line => Assert.True(Elsewhere.Covers(line.Trim()), $"{path}:{block.Line}: nothing runs '{line}'. Mark the block as sh, or say in Elsewhere which test runs it."));
        }
    }

    // Usages go over several lines, the further ones indented.
    private static IEnumerable<string> Usages(Block block) =>
        block.Text.Replace("\\\n", " ", StringComparison.Ordinal).Replace("\n  ", " ", StringComparison.Ordinal).Split('\n')
            .Select(line => line.Split("  #", 2)[0])
            .Where(line => line.StartsWith("billing ", StringComparison.Ordinal));

    private static string CommandOf(string line) =>
        string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).TakeWhile(word => Word().IsMatch(word)).Select(word => word.Split('|')[0]).Take(line.StartsWith("billing local", StringComparison.Ordinal) || line.StartsWith("billing quarantine", StringComparison.Ordinal) || line.StartsWith("billing pending", StringComparison.Ordinal) || line.StartsWith("billing generate", StringComparison.Ordinal) || line.StartsWith("billing rules", StringComparison.Ordinal) || line.StartsWith("billing rates", StringComparison.Ordinal) || line.StartsWith("billing export", StringComparison.Ordinal) ? 2 : 1));

    private static async Task<string> HelpAsync(string command)
    {
        using Shell shell = new();
        (int code, string output, string error) = await shell.RunAsync($"billing {command} --help");
        Assert.True(code == 0, $"There is no command 'billing {command}': {error}");
        return output;
    }

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z-]*")]
    private static partial Regex Option();

    // [--option], a|b, <file>, ..., FILE: what stands for something else.
    [GeneratedRegex(@"[\[\]<>|]|\.\.\.|(?<![\w-])[A-Z]{2,}(?![\w=])")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^[a-z][a-z-]*(\|[a-z-]+)*$")]
    private static partial Regex Word();
}
