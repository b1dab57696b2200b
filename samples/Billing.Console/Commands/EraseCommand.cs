using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Json;
using Billing.Console.Reports;
using Billing.Console.Stores;

namespace Billing.Console.Commands;

/// <summary><c>billing erase</c>: erases the personal text of a party.</summary>
internal static class EraseCommand
{
    private static readonly Option<string> s_party = new("--party") { Description = "The name of the party, in any letter case.", HelpName = "TEXT", Required = true };
    private static readonly Option<string> s_reason = new("--reason") { Description = "Why, such as the number of the request. It stays in the ledger, and must not have the name.", HelpName = "TEXT", Required = true };
    private static readonly Option<string[]> s_keep = new("--keep") { Description = "A field that stays in records of the party unless it has the name: account, description, or an attribute. May be repeated.", HelpName = "FIELD" };
    private static readonly Option<bool> s_dryRun = new("--dry-run") { Description = "Tells what would be erased, and erases nothing." };

    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Command command = new("erase", "Erases the personal text of a party, for good: in records, changes and quarantine. Amounts, fingerprints, keys and seals stay, and an earlier head still proves the rest.")
        {
            s_party, s_reason, s_keep, s_dryRun, options.Store, options.Json,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, options, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        string party = parse.GetRequiredValue(s_party);
        string reason = parse.GetRequiredValue(s_reason);
        bool isDryRun = parse.GetValue(s_dryRun);
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new UsageException("--reason: say why, in a few words.");
        }

        IStore store = StoreAddress.ParseExisting(parse.GetRequiredValue(options.Store), terminal);
        LedgerErasureReport report;
        await using (PipelineScope scope = await WritableStore.OpenAsync(store, terminal, cancellationToken))
        {
            LedgerErasure erasure = new((IBillingStore)scope.Pipeline.Ledger, reason, terminal.TimeProvider) { Keep = parse.GetValue(s_keep) ?? [] };
            try
            {
                report = await (isDryRun ? erasure.PreviewAsync(party, cancellationToken) : erasure.RunAsync(party, cancellationToken));
            }
            catch (ArgumentException exception) when (exception.ParamName == "party")
            {
                throw new UsageException($"--party: {exception.Message.Split(" (Parameter", 2)[0]}", exception);
            }
        }

        if (parse.GetValue(options.Json))
        {
            await JsonOutput.WriteAsync(terminal, json => EraseJson.Write(json, store.Address, report));
        }
        else
        {
            EraseView.Write(terminal.Out, report, isDryRun);
        }

        return ExitCode.Success;
    }
}
