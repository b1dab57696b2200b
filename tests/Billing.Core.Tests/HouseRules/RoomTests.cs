using System.Text.RegularExpressions;

namespace Billing.Core.Tests.HouseRules;

/// <summary>Rules of the house that read the source.</summary>
public sealed partial class RoomTests
{
    private static readonly string[] s_rooms = ["Sources", "Parsing", "Currencies", "Fingerprints", "Categories", "Sinks", "Reports", "Runs"];

    [Fact]
    public void The_rooms_are_those_that_the_design_names()
    {
        string[] folders = [.. Directory.GetDirectories(Core).Select(folder => Path.GetFileName(folder)!).Where(name => name is not ("bin" or "obj")).Order(StringComparer.Ordinal)];
        Assert.Equal(s_rooms.Order(StringComparer.Ordinal), folders);
    }

    [Fact]
    public void A_room_names_only_rooms_that_come_before_it()
    {
        List<string> wrong = [];
        for (int i = 0; i < s_rooms.Length; i++)
        {
            foreach (string file in Directory.EnumerateFiles(Path.Combine(Core, s_rooms[i]), "*.cs", SearchOption.AllDirectories))
            {
                foreach (Match match in RoomName().Matches(File.ReadAllText(file)))
                {
                    if (Array.IndexOf(s_rooms, match.Groups[1].Value) > i)
                    {
                        wrong.Add($"{Path.GetRelativePath(Repository.Root, file)} names {match.Value}");
                    }
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Room_types_are_internal()
    {
        string[] wrong = [.. typeof(BillingPipeline).Assembly.GetExportedTypes()
            .Where(type => type.Namespace is not ("Billing" or "Microsoft.Extensions.DependencyInjection"))
            .Select(type => type.FullName!)];
        Assert.Empty(wrong);
    }

    private static string Core => Repository.PathTo("src", "Billing.Core");

    [GeneratedRegex(@"\bBilling\.(Sources|Parsing|Currencies|Fingerprints|Categories|Sinks|Reports|Runs)\b")]
    private static partial Regex RoomName();
}
