using Billing.Console.Arguments;

namespace Billing.Console.Tests.Arguments;

public sealed class InputFilesTests : IDisposable
{
    private readonly string _folder = Some.Folder();

    public InputFilesTests()
    {
        foreach (string name in (string[])["b.csv", "a.csv", "B.CSV.gz", "c.tsv", "d.jsonl", "e.ndjson", "layout.json", "notes.txt", ".hidden.csv", "in/a.csv", "in/deep/z.csv", "in/.git/x.csv", "out/a.csv", "star*.csv"])
        {
            string path = Path.Combine(_folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_stands_for_its_billing_files_in_ordinal_order() =>
        Assert.Equal(["B.CSV.gz", "a.csv", "b.csv", "c.tsv", "d.jsonl", "e.ndjson", "star*.csv"], Expand(""));

    [Theory]
    [InlineData("*.csv", "a.csv b.csv star*.csv")]
    [InlineData("?.csv", "a.csv b.csv")]
    [InlineData("*.txt", "notes.txt")]
    [InlineData("*/a.csv", "in/a.csv out/a.csv")]
    [InlineData("**/a.csv", "a.csv in/a.csv out/a.csv")]
    [InlineData("in/**", "in/a.csv in/deep/z.csv")]
    [InlineData("**/z.*", "in/deep/z.csv")]
    [InlineData(".hid*", ".hidden.csv")]
    public void A_glob_stands_for_what_it_matches_in_ordinal_order(string glob, string expected) =>
        Assert.Equal(expected.Split(' '), Expand(glob));

    [Fact]
    public void A_file_that_is_there_is_no_glob() => Assert.Equal(["star*.csv"], Expand("star*.csv"));

    [Fact]
    public void Arguments_keep_their_order_and_a_file_is_taken_once() =>
        Assert.Equal(["b.csv", "out/a.csv", "a.csv", "star*.csv"], Expand("b.csv", "out/a.csv", "*.csv", "./out/../a.csv"));

    [Theory]
    [InlineData("*.zip", "No file matches")]
    [InlineData("nowhere/*.csv", "No file matches")]
    [InlineData("**/nothing", "No file matches")]
    [InlineData("nothing.csv", "There is no file or folder")]
    [InlineData("in/.git/..", "contains no file to ingest")]
    public void What_stands_for_no_file_is_wrong_usage(string argument, string message)
    {
        if (argument == "in/.git/..")
        {
            File.Delete(Path.Combine(_folder, "in", "a.csv"));
        }

        Assert.Contains(message, Assert.Throws<UsageException>(() => Expand(argument)).Message, StringComparison.Ordinal);
    }

    private string[] Expand(params string[] arguments) =>
        [.. InputFiles.Expand(arguments.Select(argument => Path.Combine(_folder, argument))).Select(file => Path.GetRelativePath(_folder, file))];
}
