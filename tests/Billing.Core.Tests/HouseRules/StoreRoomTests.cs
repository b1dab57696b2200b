using System.Text.RegularExpressions;

namespace Billing.Core.Tests.HouseRules;

/// <summary>The rooms of the stores are those of the list in CONTRIBUTING.md, and the path of a row leads through files that are there.</summary>
public sealed partial class StoreRoomTests
{
    private const int LongestPath = 25;

    private static readonly string s_contributing = File.ReadAllText(Repository.PathTo("CONTRIBUTING.md"));
    private static readonly string[] s_rooms = [.. Room().Matches(Section("The rooms of the stores")).Select(match => match.Groups[1].Value)];

    public static TheoryData<string> Stores => [.. Directory.GetDirectories(Repository.PathTo("src"), "Billing.Sinks.*").Select(folder => Path.GetFileName(folder)!)];

    [Theory]
    [MemberData(nameof(Stores))]
    public void A_store_has_rooms_of_the_list_and_nothing_else_in_its_root_than_what_is_public(string project)
    {
        string root = Repository.PathTo("src", project);
        string[] rooms = [.. Directory.GetDirectories(root).Select(folder => Path.GetFileName(folder)!).Where(name => name is not ("bin" or "obj"))];
        Assert.Subset(s_rooms.ToHashSet(), rooms.ToHashSet());
        Assert.All(Directory.GetFiles(root, "*.cs").Where(IsOfTheRoot), file => Assert.Matches(@"(?m)^public ", File.ReadAllText(file)));
        Assert.All(rooms, room => Assert.All(Directory.GetFiles(Path.Combine(root, room), "*.cs"), file => Assert.DoesNotMatch(@"(?m)^public ", File.ReadAllText(file))));
    }

    [Fact]
    public void Every_room_of_the_list_is_one_of_a_store() =>
        Assert.All(s_rooms, room => Assert.Contains(Stores, project => Directory.Exists(Repository.PathTo("src", project, room))));

    [Fact]
    public void The_path_of_a_row_leads_through_files_that_are_there_from_the_pipeline_to_SQLite()
    {
        string[] path = [.. Station().Matches(Section("The path of a row")).Select(match => match.Groups[1].Value)];
        Assert.InRange(path.Length, 10, LongestPath);
        Assert.Distinct(path);
        Assert.EndsWith("BillingPipeline.cs", path[0], StringComparison.Ordinal);
        Assert.StartsWith("src/Billing.Sinks.Sqlite/", path[^1], StringComparison.Ordinal);
        Assert.All(path, file => Assert.True(File.Exists(Repository.PathTo(file)), file));
    }

    // Each package has one Log; the parts of the backup stand beside it.
    private static bool IsOfTheRoot(string file) => Path.GetFileName(file) is var name && name != "Log.cs";

    private static string Section(string title) => s_contributing.Split($"## {title}\n")[1].Split("\n## ")[0];

    [GeneratedRegex(@"^- `(\w+)`:", RegexOptions.Multiline)]
    private static partial Regex Room();

    [GeneratedRegex(@"^\d+\. `([^`]+)`", RegexOptions.Multiline)]
    private static partial Regex Station();
}
