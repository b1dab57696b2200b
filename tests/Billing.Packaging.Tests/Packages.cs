using System.Diagnostics;

namespace Billing.Packaging.Tests;

/// <summary>The packages, packed once into a folder feed, under a version that no cache can know.</summary>
public sealed class Packages : IAsyncLifetime
{
    private const string FirstProgram = "FirstProgram";

    /// <summary>A version of this run alone.</summary>
    public string Version { get; } = $"0.0.1-test.{Guid.NewGuid():N}";

    /// <summary>The folder of this run.</summary>
    public string Folder { get; } = Some.Folder();

    /// <summary>The folder that holds the packages.</summary>
    public string Feed => Path.Combine(Folder, "feed");

    public async ValueTask InitializeAsync()
    {
        foreach (string project in (string[])["src/Billing.Core", "src/Billing.Sinks.Sqlite", "src/Billing.Sinks.Dynamo", "samples/Billing.Console"])
        {
            // Its own artifacts: the projects may be building for another test at the same time.
            await RunAsync(Repository.Root, "dotnet", "pack", project, "-c", "Release", "-o", Feed, "--nologo", "-v", "quiet", $"-p:Version={Version}", $"-p:ArtifactsPath={Path.Combine(Folder, "artifacts")}");
        }
    }

    /// <summary>Creates a console application of its own on the packages, with <paramref name="program"/>, and builds it.</summary>
    /// <returns>Its folder.</returns>
    public async Task<string> BuildProgramAsync(string program)
    {
        string folder = Path.Combine(Folder, FirstProgram);
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), program);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{FirstProgram}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestoreAdditionalProjectSources>{Feed}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Billing.Core" Version="{Version}" />
                <PackageReference Include="Billing.Sinks.Sqlite" Version="{Version}" />
                <PackageReference Include="Microsoft.Extensions.DependencyInjection" Version="10.0.14" />
              </ItemGroup>
            </Project>
            """);
        await RunAsync(folder, "dotnet", "build", "-c", "Release", "--nologo", "-v", "quiet");
        return folder;
    }

    /// <summary>Runs a command to its end.</summary>
    /// <returns>What it printed on standard output.</returns>
    public static async Task<string> RunAsync(string folder, string command, params string[] arguments)
    {
        ProcessStartInfo start = new(command, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{command} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}\n{await error}");
        return output;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        foreach (string id in (string[])["billing.core", "billing.sinks.sqlite"])
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
