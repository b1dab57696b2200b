using System.Text.RegularExpressions;

namespace Billing.Core.Tests.HouseRules;

/// <summary>The rooms of the core, in the order of the table in CONTRIBUTING.md.</summary>
public sealed partial class RoomTests
{
    private static readonly string[] s_rooms = [.. Row().Matches(File.ReadAllText(Repository.PathTo("CONTRIBUTING.md"))).Select(match => match.Groups[1].Value)];

    [Fact]
    public void The_rooms_are_those_of_the_table()
    {
        string[] folders = [.. Directory.GetDirectories(Core).Select(folder => Path.GetFileName(folder)!).Where(name => name is not ("bin" or "obj")).Order(StringComparer.Ordinal)];
        Assert.Equal(s_rooms.Order(StringComparer.Ordinal), folders);
    }

    [Fact]
    public void A_room_names_only_rooms_that_come_before_it()
    {
        List<string> wrong = [];
        int names = 0;
        for (int i = 0; i < s_rooms.Length; i++)
        {
            foreach (string file in Directory.EnumerateFiles(Path.Combine(Core, s_rooms[i]), "*.cs", SearchOption.AllDirectories))
            {
                foreach (Match match in Name().Matches(File.ReadAllText(file)).Where(IsRoom))
                {
                    names++;
                    if (Array.IndexOf(s_rooms, match.Groups["room"].Value) > i)
                    {
                        wrong.Add($"{Path.GetRelativePath(Repository.Root, file)} names {match.Value}");
                    }
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(names > s_rooms.Length, "The rooms hardly name each other: the test no longer sees their names.");
    }

    [Fact]
    public void Room_types_are_internal_but_for_the_kit_for_authors_of_stores()
    {
        string[] wrong = [.. typeof(BillingPipeline).Assembly.GetExportedTypes()
            .Where(type => type.Namespace is not ("Billing" or "Billing.Storage" or "Microsoft.Extensions.DependencyInjection"))
            .Select(type => type.FullName!)];
        Assert.Empty(wrong);
        Assert.Contains(typeof(Billing.Storage.StorePages), typeof(BillingPipeline).Assembly.GetExportedTypes());
    }

    [Fact]
    public void No_store_compiles_files_of_the_core_but_the_list_of_fields()
    {
        string[] projects = Directory.GetFiles(Repository.PathTo("src"), "Billing.Sinks.*.csproj", SearchOption.AllDirectories);
        Assert.True(projects.Length > 3, "Hardly any store was found.");
        Assert.All(projects, project => Assert.DoesNotMatch(@"Billing\.Core/Storage/(?!I?Field|RecordField)", File.ReadAllText(project)));
    }

    private static string Core => Repository.PathTo("src", "Billing.Core");

    // Billing.Rows, or Rows.ParsedRow: Rows.Count is a property.
    private static bool IsRoom(Match match) => s_rooms.Contains(match.Groups["room"].Value)
        && (match.Groups["billing"].Success || File.Exists(Path.Combine(Core, match.Groups["room"].Value, match.Groups["type"].Value + ".cs")));

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"(?<![\w.])(?<billing>Billing\.)?(?<room>[A-Z][a-z]+)(?:\.(?<type>\w+))?\b")]
    private static partial Regex Name();
}
