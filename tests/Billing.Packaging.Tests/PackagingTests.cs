using System.IO.Compression;

namespace Billing.Packaging.Tests;

/// <summary>What ships is what was tested: the packages, used by a fresh application.</summary>
public sealed class PackagingTests(Packages packages) : IClassFixture<Packages>
{
    [Fact]
    public async Task A_fresh_application_builds_on_the_packages_and_runs_the_first_program_of_the_README()
    {
        string folder = await packages.BuildProgramAsync(await File.ReadAllTextAsync(Repository.PathTo("samples", "Billing.QuickStart", "Program.cs"), TestContext.Current.CancellationToken));
        string csv = Path.Combine(folder, "june.csv");
        await File.WriteAllTextAsync(csv, "date,company,amount,currency\n2025-06-01,Acme,10.00,USD\n2025-06-02,Boulangerie,20.00,CAD\n2025-06-03,Nadie,1,ABC\n", TestContext.Current.CancellationToken);

        string first = await Packages.RunAsync(folder, "dotnet", "bin/Release/net10.0/FirstProgram.dll", csv);
        string second = await Packages.RunAsync(folder, "dotnet", "bin/Release/net10.0/FirstProgram.dll", csv);

        Assert.Contains("june.csv: completed, balanced", first, StringComparison.Ordinal);
        Assert.Contains("stored, in USD: 25", first, StringComparison.Ordinal);
        Assert.Contains("reasons: unknown_currency 1", first, StringComparison.Ordinal);
        Assert.Contains("stored, in USD: 0", second, StringComparison.Ordinal);
        Assert.Matches(@"duplicate +2 ", second);
    }

    [Fact]
    public async Task The_tool_installs_and_answers()
    {
        string tools = Path.Combine(packages.Folder, "tools");
        await Packages.RunAsync(packages.Folder, "dotnet", "tool", "install", "Billing.Console", "--tool-path", tools, "--add-source", packages.Feed, "--version", packages.Version);
        string help = await Packages.RunAsync(packages.Folder, Path.Combine(tools, "billing"), "--help");
        Assert.Contains("ingest", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Billing.Core")]
    [InlineData("Billing.Sinks.Sqlite")]
    [InlineData("Billing.Sinks.Dynamo")]
    public void A_package_holds_documentation_README_and_symbols(string id)
    {
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(packages.Feed, $"{id}.{packages.Version}.nupkg"));
        string[] names = [.. package.Entries.Select(entry => entry.FullName)];
        Assert.Contains($"lib/net10.0/{id}.dll", names);
        Assert.Contains($"lib/net10.0/{id}.xml", names);
        Assert.Contains("README.md", names);
        using StreamReader reader = new(package.GetEntry($"{id}.nuspec")!.Open());
        string nuspec = reader.ReadToEnd();
        Assert.Contains("<license type=\"expression\">MIT</license>", nuspec, StringComparison.Ordinal);
        Assert.Contains("<description>", nuspec, StringComparison.Ordinal);
        using ZipArchive symbols = ZipFile.OpenRead(Path.Combine(packages.Feed, $"{id}.{packages.Version}.snupkg"));
        Assert.Contains(symbols.Entries, entry => entry.FullName == $"lib/net10.0/{id}.pdb");
    }

    [Fact]
    public void The_first_program_of_the_README_is_the_quick_start()
    {
        string[] readme = File.ReadAllLines(Repository.PathTo("README.md"));
        int start = Array.IndexOf(readme, "```csharp") + 1;
        Assert.InRange(start, 1, 12);
        int end = Array.IndexOf(readme, "```", start);
        Assert.Equal(
            File.ReadAllText(Repository.PathTo("samples", "Billing.QuickStart", "Program.cs")).ReplaceLineEndings("\n").TrimEnd(),
            string.Join('\n', readme[start..end]).TrimEnd());
    }
}
