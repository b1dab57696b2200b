using System.Diagnostics;
using Billing.Packaging.Tests;

[assembly: AssemblyFixture(typeof(Packages))]

namespace Billing.Packaging.Tests;

/// <summary>The packages, packed once into a folder feed, under a version that no cache can know.</summary>
public sealed class Packages : IAsyncLifetime
{
    /// <summary>The address that is stated for the repository.</summary>
    public const string RepositoryUrl = "https://git.example/billing";

    private const string SourceFileUrl = RepositoryUrl + "/raw/{commit}/*";

    /// <summary>A version of this run alone.</summary>
    public string Version { get; } = $"0.0.1-test.{Guid.NewGuid():N}";

    /// <summary>The folder of this run.</summary>
    public string Folder { get; } = Some.Folder();

    /// <summary>The folder that holds the packages.</summary>
    public string Feed => Path.Combine(Folder, "feed");

    public async ValueTask InitializeAsync()
    {
        foreach (string project in (string[])["src/Billing.Core", "src/Billing.Receipts", "src/Billing.Sinks.Sqlite", "src/Billing.Sinks.Sql", "src/Billing.Sinks.Aurora", "src/Billing.Sinks.Postgres", "src/Billing.Sinks.Dynamo", "src/Billing.Aws", "src/Billing.Hosting", "src/Billing.Reports", "tests/Billing.Sinks.Conformance"])
        {
            await PackAsync(project);
        }

        // The tool: what leads to the package of a platform, the native package of this one, and the portable one.
        await PackAsync("samples/Billing.Console");
        await PackAsync("samples/Billing.Console", "-r", NativeFunctions.Platform);
        await PackAsync("samples/Billing.Console", "-r", "any");
    }

    /// <summary>How a build is told the version of this run: by what MinVer takes for a tag, or, where there is no git, as it is.</summary>
    public string VersionOption => Path.Exists(Repository.PathTo(".git")) ? $"-p:MinVerVersionOverride={Version}" : $"-p:Version={Version}";

    // Its own artifacts: the projects may be building for another test at the same time.
    private Task<string> PackAsync(string project, params string[] options) =>
        RunAsync(Repository.Root, "dotnet", ["pack", project, "-c", "Release", "-o", Feed, "--nologo", "-v", "quiet", VersionOption, $"-p:RepositoryUrl={RepositoryUrl}", $"-p:SourceFileUrl={SourceFileUrl}", $"-p:ArtifactsPath={Path.Combine(Folder, "artifacts")}", .. options]);

    /// <summary>Creates an application on the packages, in a folder of its own, and builds it.</summary>
    /// <param name="name">The name of its project.</param>
    /// <param name="packages">Names and versions of packages; those of this run have <see cref="Version"/>.</param>
    /// <param name="files">Names and contents of its files.</param>
    /// <returns>Its folder.</returns>
    public async Task<string> BuildProgramAsync(string name, (string Id, string Version)[] packages, params (string Name, string Content)[] files)
    {
        string folder = await WriteProgramAsync(name, packages, files);
        await RunAsync(folder, "dotnet", "build", "-c", "Release", "--nologo", "-v", "quiet");
        return folder;
    }

    /// <summary>Creates an application on the packages that does not build.</summary>
    /// <inheritdoc cref="BuildProgramAsync"/>
    /// <returns>What the build said.</returns>
    public async Task<string> FailToBuildAsync(string name, (string Id, string Version)[] packages, params (string Name, string Content)[] files)
    {
        string folder = await WriteProgramAsync(name, packages, files);
        (int code, string output, _) = await TryRunAsync(folder, "dotnet", "build", "-c", "Release", "--nologo", "-v", "quiet");
        Assert.NotEqual(0, code);
        return output;
    }

    private async Task<string> WriteProgramAsync(string name, (string Id, string Version)[] packages, (string Name, string Content)[] files)
    {
        string folder = Path.Combine(Folder, name);
        Directory.CreateDirectory(folder);
        foreach ((string file, string content) in files)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, file), content);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestoreAdditionalProjectSources>{Feed}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
            {string.Join('\n', packages.Select(package => $"    <PackageReference Include=\"{package.Id}\" Version=\"{package.Version}\" />"))}
              </ItemGroup>
            </Project>
            """);
        return folder;
    }

    /// <summary>Runs a command to its end.</summary>
    /// <returns>What it printed on standard output.</returns>
    public static async Task<string> RunAsync(string folder, string command, params string[] arguments)
    {
        (int code, string output, string error) = await TryRunAsync(folder, command, arguments);
        Assert.True(code == 0, $"{command} {string.Join(' ', arguments)} ended with {code}:\n{output}\n{error}");
        return output;
    }

    private static async Task<(int Code, string Output, string Error)> TryRunAsync(string folder, string command, params string[] arguments)
    {
        ProcessStartInfo start = new(command, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        foreach (string id in (string[])["billing.core", "billing.receipts", "billing.sinks.sqlite", "billing.sinks.aurora", "billing.sinks.dynamo", "billing.aws", "billing.hosting", "billing.sinks.conformance"])
        {
            string cached = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages", id, Version);
            if (Directory.Exists(cached))
            {
                Directory.Delete(cached, recursive: true);
            }
        }

        return ValueTask.CompletedTask;
    }
}
