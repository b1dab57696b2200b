namespace Billing.Docs.Tests;

/// <summary>Code on a page is code that is compiled.</summary>
public sealed class SampleCodeTests
{
    [Theory]
    [InlineData("docs/web-upload.md", "samples/Billing.Upload", 1)]
    [InlineData("docs/worker.md", "samples/Billing.Worker", 2)]
    [InlineData("docs/own-sink.md", "samples/Billing.OwnSink, tests/Billing.Sinks.Conformance.Tests", 6)]
    public async Task The_code_of_a_page_is_that_of_its_sample(string page, string folders, int files)
    {
        Block[] code = [.. DocsPage.Load(page).Blocks.Where(block => block.Kind == "csharp" || (block.Kind == "json" && block.File == "appsettings.json"))];
        Assert.Equal(files, code.Length);
        foreach (Block block in code)
        {
            string path = Assert.Single(folders.Split(", "), folder => File.Exists(Repository.PathTo(folder, block.File!)));
            string file = await File.ReadAllTextAsync(Repository.PathTo(path, block.File!), TestContext.Current.CancellationToken);
            Assert.Equal(file.ReplaceLineEndings("\n"), block.Text);
        }
    }
}
