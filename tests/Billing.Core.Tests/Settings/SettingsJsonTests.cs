using System.Text;
using Billing.Settings;

namespace Billing.Core.Tests.Settings;

public sealed class SettingsJsonTests
{
    [Fact]
    public void Every_node_knows_its_line()
    {
        SettingsNode root = Parse("\uFEFF// a comment\n{\n  \"a\": 1.50, /* two\n lines */ \"b\": [\n true,\n null,\n],\n}\n// the end\n");

        Assert.Equal((SettingsKind.Object, 2), (root.Kind, root.Line));
        Assert.Equal((SettingsKind.Number, 3, "1.50"), (root.Members[0].Value.Kind, root.Members[0].Line, root.Members[0].Value.Text));
        SettingsMember b = root.Members[1];
        Assert.Equal(("b", 4L, 4L), (b.Name, b.Line, b.Value.Line));
        Assert.Equal([5L, 6L], b.Value.Items.Select(item => item.Line));
        Assert.Equal([SettingsKind.Truth, SettingsKind.Null], b.Value.Items.Select(item => item.Kind));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("{", 1)]
    [InlineData("{\n\"a\": 1\n\"b\": 2 }", 3)]
    [InlineData("{}\n{}", 2)]
    [InlineData("{\n\"a\": 01 }", 2)]
    [InlineData("{\n\"a\": NaN }", 2)]
    [InlineData("{\n\"a\": 1,\n\n\"a\": 2 }", 4)]
    [InlineData("{\n\"a\": \"\\ud800\" }", 2)]
    public void What_is_wrong_is_said_with_file_and_line(string json, long line)
    {
        BillingConfigurationException error = Assert.Throws<BillingConfigurationException>(() => Parse(json));

        Assert.Equal(("settings.json", line), (error.File, error.Line));
        Assert.StartsWith($"settings.json({line}): ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", error.Message, StringComparison.Ordinal);
    }

    private static SettingsNode Parse(string json) => SettingsJson.Parse(Encoding.UTF8.GetBytes(json), "settings.json");
}
