using System.Reflection;

namespace Billing.Docs.Tests;

public sealed class ReasonTests
{
    [Fact]
    public async Task Every_quarantine_reason_is_on_the_page_with_a_remedy()
    {
        string[] rows = await File.ReadAllLinesAsync(Repository.PathTo("docs", "quarantine.md"), TestContext.Current.CancellationToken);
        string[] reasons = [.. typeof(QuarantineReason).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];
        Assert.NotEmpty(reasons);
        foreach (string reason in reasons)
        {
            string row = Assert.Single(rows, row => row.StartsWith($"| `{reason}` |", StringComparison.Ordinal));
            Assert.All(row.Split('|')[2..4], cell => Assert.True(cell.Trim().Length > 10, row));
        }
    }
}
