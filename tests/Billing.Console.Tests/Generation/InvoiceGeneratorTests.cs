using System.Security.Cryptography;
using System.Text;
using Billing.Console.Generation;

namespace Billing.Console.Tests.Generation;

public sealed class InvoiceGeneratorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes_for_ever()
    {
        Run run = await Run.BillingAsync("generate", "csv", "--rows", "1000", "--seed", "1", "--dirt", "5");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        GoldenFile.Check("generate-1000-1-5.txt", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(run.Out))) + "\n" + string.Join('\n', run.Out.Split('\n').Take(8)) + "\n");
    }

    [Fact]
    public async Task A_file_holds_the_same_bytes_and_the_document_says_how_many()
    {
        string folder = Some.Folder();
        string path = Path.Combine(folder, "g.csv");
        Run inFile = await Run.BillingAsync("generate", "csv", "--rows", "5000", "--seed", "18446744073709551615", "--dirt", "0.5", "--out", path, "--json");
        Run onOutput = await Run.BillingAsync("generate", "csv", "--rows", "5000", "--seed", "18446744073709551615", "--dirt", "0.5");
        Assert.Equal(onOutput.Out, await File.ReadAllTextAsync(path, Token));
        Assert.Equal((5000, new FileInfo(path).Length, "0.5"), (inFile.Json.GetProperty("rows").GetInt64(), inFile.Json.GetProperty("bytes").GetInt64(), inFile.Json.GetProperty("dirtPercent").GetString()));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_prefix_of_a_longer_file_is_the_shorter_file() => Assert.StartsWith(Generate(7, 3, 20), Generate(50_000, 3, 20), StringComparison.Ordinal);

    [Fact]
    public void Another_seed_gives_other_rows() => Assert.NotEqual(Generate(10, 1, 0), Generate(10, 2, 0));

    [Fact]
    public void No_rows_are_the_header_alone() => Assert.Equal("id,company_name,country,city,product_line,item,bill_date,currency,bill_amount\n", Generate(0, 1, 0));

    [Fact]
    public void Without_dirt_no_row_has_a_fault() => Assert.DoesNotMatch("ABC|Seafood|[0-9]/[0-9]|,-", Generate(20_000, 1, 0));

    [Fact]
    public void All_dirt_gives_every_row_exactly_one_fault()
    {
        string[] rows = Generate(20_000, 1, 100).Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        int[] faults = [Count("ABC,"), Count("Seafood,"), Count("2025/"), Count(",-"), rows.Count(row => row.Split(',')[^1].Length >= 10)];
        Assert.All(faults, count => Assert.InRange(count, 3_700, 4_300));
        Assert.Equal(20_000, faults.Sum());

        int Count(string text) => rows.Count(row => row.Contains(text, StringComparison.Ordinal));
    }

    private static string Generate(long rows, ulong seed, decimal dirt)
    {
        using MemoryStream stream = new();
        long bytes = new InvoiceGenerator(seed, dirt).WriteTo(stream, rows, CancellationToken.None);
        Assert.Equal(stream.Length, bytes);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
