using System.Text;

namespace Billing.Core.Tests.Fingerprints;

public sealed class GoldenVectorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_frozen_vector_comes_out_as_it_was_frozen(int version)
    {
        GoldenVector[] vectors = GoldenVector.Load(version);
        Assert.True(vectors.Length >= 60, $"Only {vectors.Length} vectors are left.");
        Assert.Equal(vectors.Length, vectors.Select(vector => vector.Name).Distinct().Count());
        GoldenVector[] today = [.. vectors.Select(vector => vector with { Expected = vector.Compute(version) })];
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
        {
            GoldenVector.Save(today, GoldenVector.FilePath(version));
            Assert.Fail($"APPROVE=1: {GoldenVector.FilePath(version)} was written anew. A changed vector means that stored records are no longer recognised. Look at the difference, then test without APPROVE.");
        }

        string[] differences = [.. vectors.Zip(today).Where(pair => pair.First != pair.Second).Select(pair => $"{pair.First.Name}: {pair.First.Expected} became {pair.Second.Expected}")];
        Assert.Empty(differences);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Spellings_that_say_the_same_have_one_fingerprint(int version)
    {
        Dictionary<string, GoldenOutput> vectors = GoldenVector.Load(version).ToDictionary(vector => vector.Name, vector => vector.Expected);

        AssertSame("an instant in UTC", "the same instant east", "the same instant west, the day before");
        AssertSame("amount: zero", "amount: zero with decimals", "amount: negative zero", "amount: negative zero without decimals");
        AssertSame("text: precomposed accents", "text: the same accents, combining");
        AssertSame("text: Hangul syllables", "text: Hangul in conjoining letters");
        AssertSame("text: ASCII white space around", "text: no-break space around", "text: every other white space around", "attributes: all null");
        AssertSame("attributes in one order", "attributes in another order");

        if (version == 2)
        {
            AssertSame("header: as written", "header: in capitals", "header: blanks around", "header: an empty column more", "header: another ignored balance", "header: accents, combining, in capitals");
        }

        void AssertSame(params string[] names) => Assert.Single(names.Select(name => vectors[name].Fingerprint).Distinct());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_independent_program_in_python_comes_to_the_same_vectors(int version)
    {
        (int code, string output) = await PythonScript.RunAsync(Repository.PathTo("tests", "Billing.Core.Tests", "golden", "canonical_form.py"), GoldenVector.FilePath(version));

        Assert.True(code == 0, output);
        Assert.Contains($"{GoldenVector.Load(version).Length} vectors, 0 differences", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 6)]
    [InlineData(2, 7)]
    public async Task The_independent_program_notices_every_difference(int version, int values)
    {
        GoldenVector[] vectors = GoldenVector.Load(version);
        string folder = Some.Folder();
        try
        {
            string path = Path.Combine(folder, $"changed.v{version}.json");
            GoldenVector.Save(vectors.Select(vector => vector with { Input = vector.Input with { Amount = "31.7", Offset = 7, IdValues = ["other"], Raw = "ff" } }), path);

            (int code, string output) = await PythonScript.RunAsync(Repository.PathTo("tests", "Billing.Core.Tests", "golden", "canonical_form.py"), path);

            Assert.Equal(1, code);

            // Canonical form, fingerprint and the keys of each.
            Assert.Contains($"{vectors.Length} vectors, {vectors.Length * values} differences", output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_document_shows_the_worked_example_as_it_is_frozen()
    {
        GoldenVector example = GoldenVector.Load(2).Single(vector => vector.Name == "the worked example");
        string document = File.ReadAllText(Repository.PathTo("docs", "canonical-form.md"));

        Assert.Contains(Encoding.UTF8.GetString(Convert.FromHexString(example.Expected.Canonical)), document, StringComparison.Ordinal);
        Assert.Contains(example.Expected.Canonical, document.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(example.Expected.Fingerprint, document, StringComparison.Ordinal);
        Assert.Contains(example.Expected.ContentKey, document, StringComparison.Ordinal);
        Assert.Contains(example.Expected.ColumnsKey, document, StringComparison.Ordinal);
        Assert.Contains(example.Expected.PositionKey, document, StringComparison.Ordinal);
        Assert.Contains(example.Expected.QuarantineKey, document, StringComparison.Ordinal);
        Assert.Contains(example.Expected.CountedKey!, document, StringComparison.Ordinal);
        Assert.Contains(GoldenVector.Load(1).Single(vector => vector.Name == "the worked example").Expected.Fingerprint, document, StringComparison.Ordinal);
    }
}
