using System.Text.Json;

namespace Billing.Console.Tests;

/// <summary>What one call of the command did.</summary>
internal sealed record Run(int ExitCode, string Out, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>Calls the command in this process; its output is no terminal.</summary>
    public static async Task<Run> BillingAsync(params string[] args)
    {
        using Workplace place = new();
        return await place.BillingAsync(args);
    }
}
