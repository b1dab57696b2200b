namespace Billing.Docs.Tests;

/// <summary>A page of the documentation, as its fenced blocks.</summary>
internal sealed class DocsPage
{
    private DocsPage(string path, IReadOnlyList<Block> blocks)
    {
        Path = path;
        Blocks = blocks;
    }

    public string Path { get; }

    public IReadOnlyList<Block> Blocks { get; }

    public static DocsPage Load(string path)
    {
        string[] lines = File.ReadAllLines(Repository.PathTo(path));
        List<Block> blocks = [];
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                continue;
            }

            string[] words = lines[i][3..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            int end = Array.IndexOf(lines, "```", i + 1);
            Assert.True(end > i, $"{path}:{i + 1}: this fence is never closed.");
            blocks.Add(new Block(words.ElementAtOrDefault(0) ?? "", words.ElementAtOrDefault(1), string.Concat(lines[(i + 1)..end].Select(line => line + "\n")), i + 1));
            i = end;
        }

        return new DocsPage(path, blocks);
    }

    /// <summary>The commands of the page, each a line of a shell; continued lines are joined, remarks are dropped.</summary>
    public static IEnumerable<string> Commands(Block block) =>
        block.Text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
            .Select(line => line.Split("  #", 2)[0].Trim())
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Replace("dotnet run -c Release --project samples/Billing.Console -- ", "billing ", StringComparison.Ordinal));
}
