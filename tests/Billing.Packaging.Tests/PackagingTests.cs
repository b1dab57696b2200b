using System.Diagnostics;
using System.IO.Compression;
using System.Text;

namespace Billing.Packaging.Tests;

/// <summary>What ships is what was tested: the packages, used by a fresh application.</summary>
public sealed class PackagingTests(Packages packages)
{
    [Fact]
    public async Task A_fresh_application_builds_on_the_packages_and_runs_the_first_program_of_the_README()
    {
        string folder = await packages.BuildProgramAsync(
            "FirstProgram",
            [("Billing.Core", packages.Version), ("Billing.Sinks.Sqlite", packages.Version), ("Microsoft.Extensions.DependencyInjection", "10.0.14")],
            ("Program.cs", await File.ReadAllTextAsync(Repository.PathTo("samples", "Billing.QuickStart", "Program.cs"), TestContext.Current.CancellationToken)));
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
    public async Task The_README_leads_from_a_clone_to_its_first_program()
    {
        string readme = (await File.ReadAllTextAsync(Repository.PathTo("README.md"), TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        string install = Fenced(readme, readme.IndexOf("## Install", StringComparison.Ordinal), "sh");
        string folder = Path.Combine(packages.Folder, "stranger");
        Directory.CreateDirectory(Path.Combine(folder, "clone"));
        StringBuilder script = new("set -e\n");
        foreach (string line in install.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // What is packed is the clone's; its version is of this run alone, and its artifacts are not those of a build at the same time.
            script.Append(line.Replace("dotnet pack ", $"dotnet pack {Repository.Root}/", StringComparison.Ordinal));
            script.Append(line.StartsWith("dotnet pack ", StringComparison.Ordinal) ? $" {packages.VersionOption} -p:ArtifactsPath={packages.Folder}/artifacts"
                : line.StartsWith("dotnet add package Billing.", StringComparison.Ordinal) ? $" --version {packages.Version}"
                : "").Append('\n');
        }

        script.Append("cat > Program.cs <<'PROGRAM'\n").Append(Fenced(readme, 0, "csharp")).Append("PROGRAM\ncat > june.csv <<'FILE'\n").Append(Fenced(readme, 0, "csv june.csv")).Append("FILE\ndotnet run -- june.csv\n");
        string said = await Packages.RunAsync(Path.Combine(folder, "clone"), "bash", "-c", script.ToString());

        Assert.Contains("june.csv: completed, balanced", said, StringComparison.Ordinal);
        Assert.Contains("stored, in USD: 25", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fresh_application_wires_every_package_and_handles_a_batch()
    {
        string folder = await packages.BuildProgramAsync(
            "EveryPackage",
            [
                .. ((string[])["Billing.Core", "Billing.Sinks.Sqlite", "Billing.Sinks.Aurora", "Billing.Sinks.Postgres", "Billing.Sinks.Dynamo", "Billing.Aws", "Billing.Hosting"]).Select(id => (id, packages.Version)),
                ("Microsoft.Extensions.DependencyInjection", "10.0.14"),
            ],
            ("Program.cs", await File.ReadAllTextAsync(Repository.PathTo("tests", "Billing.Packaging.Tests", "Own", "EveryPackage.txt"), TestContext.Current.CancellationToken)));
        string said = await Packages.RunAsync(folder, "dotnet", "bin/Release/net10.0/EveryPackage.dll");
        Assert.Equal("again 0, stored 1, alerts 0\nTrue, True\nTrue\n", said.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_plain_xunit_project_runs_the_suites_from_the_package()
    {
        string page = await File.ReadAllTextAsync(Repository.PathTo("docs", "stores.md"), TestContext.Current.CancellationToken);
        string derived = Fenced(page, page.IndexOf("### A sink of your own", StringComparison.Ordinal), "csharp");
        Assert.InRange(derived.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 1, 9);
        string store = (await OwnAsync("samples", "Billing.OwnSink", "DictionaryStore.cs")).Replace("internal sealed class DictionaryStore", "internal sealed class MySink", StringComparison.Ordinal);

        // A store and a sink of docs/own-sink.md, and what their suites take to be run: two packages.
        string folder = await packages.BuildProgramAsync(
            "OwnTests",
            [("Billing.Sinks.Conformance", packages.Version), ("xunit.v3", "3.2.2")],
            ("MyTests.cs", "using Billing.OwnSink;\nusing Billing.Sinks.Conformance;\n" + derived),
            ("MySink.cs", store),
            ("JournalSink.cs", await OwnAsync("samples", "Billing.OwnSink", "JournalSink.cs")),
            ("JournalUnderTest.cs", await OwnAsync("tests", "Billing.Sinks.Conformance.Tests", "JournalUnderTest.cs")),
            ("JournalTests.cs", await OwnAsync("tests", "Billing.Sinks.Conformance.Tests", "JournalTests.cs")));
        string results = await Packages.RunAsync(folder, "dotnet", "bin/Release/net10.0/OwnTests.dll", "-noLogo", "-noColor");

        Assert.Matches(@"Total: \d{3,}, Errors: 0, Failed: 0, Skipped: 0", results);
    }

    [Fact]
    public async Task Without_xunit_the_package_of_the_suites_says_what_to_add()
    {
        string said = await packages.FailToBuildAsync("NoXunit", [("Billing.Sinks.Conformance", packages.Version)], ("Program.cs", "return;\n"));
        Assert.Contains("error BILLING001", said, StringComparison.Ordinal);
        Assert.Contains("Add it: dotnet add package xunit.v3", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tool_installs_as_a_native_program_that_ingests_and_holds_the_functions()
    {
        string tools = Path.Combine(packages.Folder, "tools");
        await Packages.RunAsync(packages.Folder, "dotnet", "tool", "install", "Billing.Console", "--tool-path", tools, "--add-source", packages.Feed, "--version", packages.Version);
        // Native: no assembly came with it.
        Assert.DoesNotContain(Directory.EnumerateFiles(tools, "*", SearchOption.AllDirectories), file => file.EndsWith(".dll", StringComparison.Ordinal));
        await SmokeAsync(Path.Combine(tools, "billing"));
    }

    [Fact]
    public async Task The_portable_package_of_the_tool_runs_where_no_native_one_does()
    {
        string folder = Path.Combine(packages.Folder, "portable");
        await ZipFile.ExtractToDirectoryAsync(Path.Combine(packages.Feed, $"Billing.Console.any.{packages.Version}.nupkg"), folder, TestContext.Current.CancellationToken);
        await SmokeAsync("dotnet", Path.Combine(folder, "tools", "net10.0", "any", "billing.dll"));
    }

    // A file to a ledger and its sum back; month names and text in two spellings, which other programs need ICU for; then the functions, which are part of it.
    private async Task SmokeAsync(string program, params string[] before)
    {
        string folder = Path.Combine(packages.Folder, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "layout.json"), """{ "columns": { "date": "Datum", "amount": "Betrag", "currency": "W", "party": "An" }, "dateFormats": ["d. MMMM yyyy"] }""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "composed.csv"), "Datum,Betrag,W,An\n1. März 2025,10.00,USD,Caf\u00E9\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "decomposed.csv"), "Datum,Betrag,W,An\n1. Ma\u0308rz 2025,10.00,USD,Cafe\u0301\n", TestContext.Current.CancellationToken);
        string first = await Packages.RunAsync(folder, program, [.. before, "ingest", "composed.csv", "--layout", "layout.json", "--to", "sqlite:billing.db"]);
        Assert.Contains("read 1 = stored 1 + duplicate 0 + conflict 0 + quarantined 0", first, StringComparison.Ordinal);
        string second = await Packages.RunAsync(folder, program, [.. before, "ingest", "decomposed.csv", "--layout", "layout.json", "--to", "sqlite:billing.db"]);
        Assert.Contains("read 1 = stored 0 + duplicate 1 + conflict 0 + quarantined 0", second, StringComparison.Ordinal);
        Assert.Contains("2025-03", await Packages.RunAsync(folder, program, [.. before, "summary", "--by", "month", "--store", "sqlite:billing.db"]), StringComparison.Ordinal);

        ProcessStartInfo function = new(program, [.. before, "local", "function"]) { RedirectStandardOutput = true };
        function.Environment["AWS_LAMBDA_RUNTIME_API"] = "127.0.0.1:1";
        function.Environment["_HANDLER"] = "no-such-function";
        using Process process = Process.Start(function)!;
        string said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("is not a function. Use one of billing-csv, ", said, StringComparison.Ordinal);
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

    private static Task<string> OwnAsync(params string[] path) => File.ReadAllTextAsync(Repository.PathTo(path), TestContext.Current.CancellationToken);

    private static string Fenced(string page, int from, string kind)
    {
        string fence = $"```{kind}\n";
        int start = page.IndexOf(fence, from, StringComparison.Ordinal) + fence.Length;
        return page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
