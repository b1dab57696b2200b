using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Billing.Console.Arguments;
using Billing.Console.Commands;
using Billing.Console.Json;

namespace Billing.Console;

/// <summary>The <c>billing</c> command: its sub-commands, and what its caller is told when one of them fails.</summary>
internal static class BillingCommand
{
    /// <returns>A code of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellationToken = default)
    {
        CommandOptions options = new();
        Command billing = Create(options, terminal);
        ParseResult parse = billing.Parse(args);
        InvocationConfiguration invocation = new()
        {
            EnableDefaultExceptionHandler = false,
            // The process registers its own signals: a batch may take longer than any timeout here.
            ProcessTerminationTimeout = null,
            Output = terminal.Out.Profile.Out.Writer,
            Error = terminal.Error,
        };

        if (args.Count == 0)
        {
            invocation.Output = terminal.Error;
            await billing.Parse(["--help"]).InvokeAsync(invocation, cancellationToken);
            return ExitCode.Usage;
        }

        // An option of a command may have the same name.
        bool isInformation = parse.Action is HelpAction || billing.Options.OfType<VersionOption>().Any(version => parse.GetResult(version) is not null);
        if (!isInformation && Usage.Fault(parse) is { } fault)
        {
            return await FailAsync(terminal, parse, fault, ExitCode.Usage);
        }

        try
        {
            return await parse.InvokeAsync(invocation, cancellationToken);
        }
        catch (Exception exception)
        {
            if (parse.GetValue(options.Verbose))
            {
                terminal.Error.WriteLine(exception);
            }

            (int code, string message) = Failure.Of(exception);
            return await FailAsync(terminal, parse, message, code);
        }
    }

    private static Command Create(CommandOptions options, Terminal terminal) => new("billing", "Billing files in, a balanced statement out.")
    {
        new HelpOption(),
        new VersionOption(),
        options.Verbose,
        IngestCommand.Create(options, terminal),
        RecordsCommand.Create(options, terminal),
        SummaryCommand.Create(options, terminal),
        ReportCommand.Create(options, terminal),
        BudgetCommand.Create(options, terminal),
        UnusualCommand.Create(options, terminal),
        RunsCommand.Create(options, terminal),
        QuarantineCommand.Create(options, terminal),
        PendingCommand.Create(options, terminal),
        RevertCommand.Create(options, terminal),
        RemoveCommand.Create(options, terminal),
        EraseCommand.Create(options, terminal),
        EntriesCommand.Create(options, terminal),
        ExplainCommand.Create(options, terminal),
        InspectCommand.Create(options, terminal),
        CopyCommand.Create(options, terminal),
        VerifyCommand.Create(options, terminal),
        SealCommand.Create(options, terminal),
        new Command("export", "Writes what a ledger holds for others.") { ExportAuditCommand.Create(options, terminal) },
        GapsCommand.Create(options, terminal),
        MigrateCommand.Create(options, terminal),
        new Command("rules", "Tries other rules, and applies them.") { RulesTryCommand.Create(options, terminal), RulesApplyCommand.Create(options, terminal) },
        new Command("rates", "Rates that come late.") { RatesAddCommand.Create(options, terminal) },
        RestateCommand.Create(options, terminal),
        new Command("generate", "Makes test data.")
        {
            GenerateCsvCommand.Create(options, terminal),
            GenerateTransactionsCommand.Create(options, terminal),
            GeneratePaymentsCommand.Create(options, terminal),
        },
        LocalCommand.Create(options, terminal),
    };

    private static async Task<int> FailAsync(Terminal terminal, ParseResult parse, string message, int code)
    {
        terminal.WriteError(message);
        // By its word alone: where the command line is wrong, the option may not have been read.
        if (!terminal.HasDocument && parse.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).Any(token => token.Value == "--json"))
        {
            await JsonOutput.WriteErrorAsync(terminal, Terminal.OneLine(message), code);
        }

        return code;
    }
}
