using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Json;
using Billing.Console.Reports;
using Billing.Console.Stores;

namespace Billing.Console.Commands;

/// <summary><c>billing rounding</c>: what rounding left behind where amounts were converted.</summary>
internal static class RoundingCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Command command = new("rounding", "Shows what rounding left behind where amounts were converted, by run and currency.") { options.Store };
        foreach (Option option in (Option[])[.. options.OfQuery, options.AsOf, options.Json])
        {
            command.Add(option);
        }

        command.SetAction((parse, cancellationToken) => RunAsync(parse, options, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        await using OpenStore open = new(StoreAddress.ParseExisting(parse.GetRequiredValue(options.Store), terminal));
        (IBillingStore store, AsOf? asOf) = await AsOf.OpenAsync(open.Store, parse.GetValue(options.AsOf), cancellationToken);
        IReadOnlyList<ConversionRounding> rows = await store.GetRoundingAsync(Queries.Records(parse, options), cancellationToken);
        if (parse.GetValue(options.Json))
        {
            await JsonOutput.WriteAsync(terminal, json => RoundingJson.Write(json, rows, asOf));
        }
        else
        {
            AsOfView.Write(terminal.Out, asOf);
            RoundingView.Write(terminal.Out, rows);
        }

        return ExitCode.Success;
    }
}
