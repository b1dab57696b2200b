namespace Billing.Docs.Tests;

/// <summary>A page that a reader follows is run from top to bottom: its files are written, its commands run, and what it shows of their output is what they print.</summary>
public sealed class TutorialTests
{
    internal static string[] Followed { get; } = ["README.md", "docs/getting-started.md", "docs/rates-files.md", "docs/quarantine.md", "docs/proof.md", "docs/drift.md", "docs/pending.md", "docs/undo.md", "docs/month.md", "docs/console.md", "samples/data/README.md"];

    public static TheoryData<string> Pages => [.. Followed];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_runs_as_written(string path)
    {
        using Shell shell = new();
        Directory.CreateDirectory(shell.PathTo("samples"));
        File.CreateSymbolicLink(shell.PathTo("samples/data"), Repository.PathTo("samples", "data"));
        int commands = 0;
        string printed = "";
        foreach (Block block in DocsPage.Load(path).Blocks)
        {
            if (block.File is { } file && block.Kind is "csv" or "json")
            {
                await File.WriteAllTextAsync(shell.PathTo(block.File!), block.Text, TestContext.Current.CancellationToken);
            }
            else if (block.Kind == "sh")
            {
                printed = "";
                foreach (string command in DocsPage.Commands(block).Where(command => !Elsewhere.Covers(command)))
                {
                    (int code, string output, string error) = await shell.RunAsync(command);
                    // 3: done, and rows are in quarantine, which these pages are about.
                    Assert.True(code is 0 or 3, $"{path}:{block.Line}: '{command}' ended with {code}:\n{output}\n{error}");
                    printed += output;
                    commands++;
                }
            }
            else if (block.Kind == "text")
            {
                Assert.Equal(Shown(block.Text), Shown(printed));
            }
        }

        Assert.True(commands > 0, $"{path} holds no command. Mark its blocks of commands as sh.");
    }

    // Ends of lines are padded by tables; how long a run took differs each time.
    private static string Shown(string text) => string.Join('\n', text.Split('\n').Select(line => line.TrimEnd())).Trim();
}
