using System.Text.Json;

namespace Billing.Categories;

/// <summary>Reads the rules that a run keeps: the texts of its rules files.</summary>
internal static class KeptRules
{
    public static IReadOnlyList<CategoryRules> Restore(string rules, string runId)
    {
        using JsonDocument files = JsonDocument.Parse(rules);
        return [.. files.RootElement.EnumerateArray().Select(file => CategoryRules.Parse(file.GetString()!, $"rules of run {runId}"))];
    }
}
