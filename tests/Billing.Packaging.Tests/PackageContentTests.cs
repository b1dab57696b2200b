using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Billing.Packaging.Tests;

/// <summary>What a package says of itself and holds.</summary>
public sealed class PackageContentTests(Packages packages)
{
    private static readonly string[] s_libraries =
    [
        "Billing.Core", "Billing.Receipts", "Billing.Sinks.Sqlite", "Billing.Sinks.Sql", "Billing.Sinks.Aurora", "Billing.Sinks.Postgres", "Billing.Sinks.Dynamo", "Billing.Aws", "Billing.Hosting", "Billing.Reports",
        "Billing.Sinks.Conformance",
    ];

    [Fact]
    public void Every_package_has_version_licence_description_README_and_the_address_of_its_repository() => Assert.All(Packed(), file =>
    {
        using ZipArchive package = ZipFile.OpenRead(file);
        XElement metadata = Metadata(package);
        Assert.Equal(packages.Version, Value(metadata, "version"));
        Assert.Equal("MIT", Value(metadata, "license"));
        Assert.NotEmpty(Value(metadata, "description"));
        Assert.Contains(package.Entries, entry => entry.FullName == "README.md");
        XElement repository = metadata.Elements().Single(element => element.Name.LocalName == "repository");
        Assert.Equal(("git", Packages.RepositoryUrl), (repository.Attribute("type")?.Value, repository.Attribute("url")?.Value));
    });

    [Fact]
    public void Every_package_lists_itself_and_each_of_its_dependencies_with_their_versions_in_SPDX() => Assert.All(Packed(), file =>
    {
        using ZipArchive package = ZipFile.OpenRead(file);
        XElement metadata = Metadata(package);
        using Stream manifest = package.GetEntry("_manifest/spdx_2.2/manifest.spdx.json")!.Open();
        using JsonDocument spdx = JsonDocument.Parse(manifest);
        Dictionary<string, string> listed = spdx.RootElement.GetProperty("packages").EnumerateArray()
            .ToDictionary(entry => entry.GetProperty("name").GetString()!, entry => entry.GetProperty("versionInfo").GetString()!, StringComparer.OrdinalIgnoreCase);
        Assert.Equal("SPDX-2.2", spdx.RootElement.GetProperty("spdxVersion").GetString());
        Assert.Equal(packages.Version, listed[Value(metadata, "id")]);
        foreach (XElement dependency in metadata.Descendants().Where(element => element.Name.LocalName == "dependency"))
        {
            Assert.Equal(dependency.Attribute("version")!.Value, listed.GetValueOrDefault(dependency.Attribute("id")!.Value));
        }

        string[] hashed = [.. spdx.RootElement.GetProperty("files").EnumerateArray().Select(entry => entry.GetProperty("fileName").GetString()![2..])];
        Assert.All(package.Entries.Where(entry => entry.FullName.EndsWith(".dll", StringComparison.Ordinal)), entry => Assert.Contains(entry.FullName, hashed));
    });

    [Fact]
    public void A_library_has_documentation_and_symbols_that_lead_to_its_sources() => Assert.All(s_libraries, id =>
    {
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(packages.Feed, $"{id}.{packages.Version}.nupkg"));
        Assert.NotNull(package.GetEntry($"lib/net10.0/{id}.dll"));
        Assert.NotNull(package.GetEntry($"lib/net10.0/{id}.xml"));
        using ZipArchive symbols = ZipFile.OpenRead(Path.Combine(packages.Feed, $"{id}.{packages.Version}.snupkg"));
        using MemoryStream pdb = new();
        symbols.GetEntry($"lib/net10.0/{id}.pdb")!.Open().CopyTo(pdb);
        if (Path.Exists(Repository.PathTo(".git")))
        {
            Assert.Contains(Packages.RepositoryUrl + "/raw/", Encoding.Latin1.GetString(pdb.ToArray()), StringComparison.Ordinal);
        }
    });

    [Fact]
    public async Task A_tag_is_the_version_and_a_clone_without_tags_builds_a_preview()
    {
        Assert.SkipUnless(Path.Exists(Repository.PathTo(".git")), "There is no git here.");
        string clone = Path.Combine(packages.Folder, "tagged");
        await Packages.RunAsync(packages.Folder, "git", "clone", "--quiet", "--depth", "1", "--no-tags", new Uri(Repository.Root).AbsoluteUri, clone);
        await Packages.RunAsync(clone, "dotnet", "restore", "src/Billing.Core", "--nologo", "-v", "quiet");
        Assert.StartsWith("0.1.0-alpha.0", await VersionAsync(clone), StringComparison.Ordinal);
        await Packages.RunAsync(clone, "git", "tag", "v7.8.9");
        Assert.Equal("7.8.9", await VersionAsync(clone));
        Assert.Equal("1.2.3-stated", await VersionAsync(clone, "-p:Version=1.2.3-stated"));
        Directory.Move(Path.Combine(clone, ".git"), Path.Combine(clone, "git"));
        Assert.Equal("0.1.0-alpha.0", await VersionAsync(clone));
    }

    [Fact]
    public async Task Its_own_packages_are_those_of_the_folder_src_also_of_a_clone_beneath_a_folder_of_that_name()
    {
        Assert.SkipUnless(Path.Exists(Repository.PathTo(".git")), "There is no git here.");
        string clone = Path.Combine(packages.Folder, "src", "clone");
        await Packages.RunAsync(packages.Folder, "git", "clone", "--quiet", "--depth", "1", new Uri(Repository.Root).AbsoluteUri, clone);
        string json = await Packages.RunAsync(clone, "dotnet", "msbuild", "samples/Billing.Console/Billing.Console.csproj", "-nologo", "-t:ListOwnPackages", "-getItem:ProjectReference", "-getItem:_SbomProject");
        JsonElement items = JsonDocument.Parse(json).RootElement.GetProperty("Items");
        string[] own = [.. items.GetProperty("_SbomProject").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)];
        Assert.Contains("Billing.Core", own);
        Assert.All(own, id => Assert.True(Directory.Exists(Path.Combine(clone, "src", id)), id));
        Assert.True(own.Length < items.GetProperty("ProjectReference").GetArrayLength());
    }

    private static async Task<string> VersionAsync(string folder, params string[] options) =>
        (await Packages.RunAsync(folder, "dotnet", ["msbuild", "src/Billing.Core/Billing.Core.csproj", "-nologo", "-t:DescribeSource", "-getProperty:PackageVersion", .. options])).Trim();

    private static XElement Metadata(ZipArchive package)
    {
        using Stream nuspec = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal) && !entry.FullName.Contains('/', StringComparison.Ordinal)).Open();
        return XDocument.Load(nuspec).Root!.Elements().Single();
    }

    private static string Value(XElement metadata, string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;

    private string[] Packed()
    {
        string[] files = Directory.GetFiles(packages.Feed, "*.nupkg");
        Assert.Equal(s_libraries.Length + 3, files.Length);
        return files;
    }
}
