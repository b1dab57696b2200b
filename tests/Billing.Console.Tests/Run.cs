using System.Text;
using System.Text.Json;

namespace Billing.Console.Tests;

/// <summary>What one call of the command did.</summary>
internal sealed record Run(int ExitCode, string Out, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>Calls the command in this process; without a width its output is no terminal.</summary>
    public static async Task<Run> BillingAsync(params string[] args) => await BillingAsync(null, args);

    /// <inheritdoc cref="BillingAsync(string[])"/>
    public static async Task<Run> BillingAsync(int? width, params string[] args)
    {
        using MemoryStream output = new();
        using StringWriter error = new() { NewLine = "\n" };
        using Terminal terminal = new(output, error, width);
        int exitCode = await BillingCommand.RunAsync(args, terminal, TestContext.Current.CancellationToken);
        return new Run(exitCode, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
