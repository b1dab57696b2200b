using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Json;
using Billing.Console.Reports;
using Billing.Console.Stores;

namespace Billing.Console.Commands;

/// <summary><c>billing quarantine dismiss</c>: closes rows that are no records, or are dealt with elsewhere.</summary>
internal static class QuarantineDismissCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Argument<string[]> rows = QuarantinedRows.Argument(ArgumentArity.OneOrMore);
        Option<string> because = new("--because") { Description = "The reason, for whoever looks at the row later.", HelpName = "TEXT", Required = true };
        Command command = new("dismiss", "Closes quarantined rows that are not records, or that were dealt with elsewhere. They stay in the store, with the reason.")
        {
            rows, because, options.To, options.Json,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, parse.GetRequiredValue(rows), parse.GetRequiredValue(because), options, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, string[] rows, string because, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        IStore store = StoreAddress.ParseExisting(parse.GetRequiredValue(options.To), terminal);
        IReadOnlyList<QuarantineQuery> queries = QuarantinedRows.Queries(rows);
        string reason = Checked(because);
        List<QuarantinedRecord> dismissed = [];
        await using (PipelineScope scope = PipelineScope.To(store, new PipelineArguments { ReportingCurrency = Currency.Usd.Code, StatesCurrency = false }, terminal))
        {
            IBillingStore ledger = (IBillingStore)scope.Pipeline.Ledger;
            for (int i = 0; i < queries.Count; i++)
            {
                IReadOnlyList<QuarantinedRecord> found = (await ledger.GetQuarantineAsync(queries[i], cancellationToken)).Items;
                dismissed.AddRange(found.Count > 0 ? found : throw new NotFoundException($"{store.Address} has no open row in quarantine for {rows[i]}. Nothing was dismissed."));
            }

            await scope.Pipeline.DismissQuarantineAsync([.. dismissed.Select(row => row.Key)], reason, cancellationToken);
            for (int i = 0; i < dismissed.Count; i++)
            {
                dismissed[i] = (await ledger.GetQuarantineAsync(new QuarantineQuery { Key = dismissed[i].Key, IncludeResolved = true }, cancellationToken)).Items[0];
            }
        }

        if (parse.GetValue(options.Json))
        {
            await JsonOutput.WriteAsync(terminal, json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("quarantine");
                dismissed.ForEach(row => QuarantineJson.Write(json, row));
                json.WriteEndArray();
                json.WriteNull("continuationToken");
                json.WriteEndObject();
            });
        }
        else
        {
            QuarantineView.Write(terminal.Out, dismissed, null);
        }

        return ExitCode.Success;
    }

    private static string Checked(string reason)
    {
        try
        {
            _ = QuarantinedRecord.Dismissed(reason);
            return reason;
        }
        catch (ArgumentException exception)
        {
            throw new UsageException($"--because: {(string.IsNullOrWhiteSpace(reason) ? "say why, in a few words." : "the reason has more than 240 bytes. Use a shorter one.")}", exception);
        }
    }
}
