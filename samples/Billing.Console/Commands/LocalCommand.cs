using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Reports;
using Billing.Console.Views;
using Billing.Local;

namespace Billing.Console.Commands;

/// <summary><c>billing local</c>: the five systems on this machine, until Ctrl+C.</summary>
internal static class LocalCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        LocalCommandOptions local = new();
        Command command = new("local", "Runs the five systems on this machine, without an AWS account, until Ctrl+C.") { local.Data };
        foreach (Option option in local.OfEnvironment)
        {
            command.Add(option);
        }

        command.Add(LocalPutCommand.Create(local, terminal));
        command.Add(LocalSendCommand.Create(local, terminal));
        command.Add(LocalFireCommand.Create(local, terminal));
        command.Add(LocalInvokeCommand.Create(local, terminal));
        command.Add(LocalStatusCommand.Create(options, local, terminal));
        command.Add(LocalRedriveCommand.Create(local, terminal));
        command.Add(LocalBenchCommand.Create(local, terminal));
        command.SetAction((parse, cancellationToken) => RunAsync(Settings(parse, local, new LocalNews(terminal, parse.GetValue(options.Verbose))), terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(LocalOptions settings, Terminal terminal, CancellationToken cancellationToken)
    {
        Sentence.Write(terminal.Out, "Starting the emulators and the functions.", Styles.Quiet);
        await using LocalEnvironment environment = await LocalEnvironment.StartAsync(settings, cancellationToken);
        environment.State.Write();
        LocalView.WriteAddresses(terminal.Out, environment.State);
        Sentence.Write(terminal.Out, "Ready. Upload a file with billing local put FILE, send a transaction with billing local send, stop with Ctrl+C.", Styles.Good);
        try
        {
            while (true)
            {
                foreach ((string subject, string message) in await environment.Client.TakeAlertsAsync(TimeSpan.FromSeconds(20), cancellationToken))
                {
                    settings.OnEvent!(new LocalEvent(terminal.TimeProvider.GetUtcNow(), LocalEventKind.Alert, subject, message));
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl+C is how it ends.
            Sentence.Write(terminal.Out, "Stopping.", Styles.Quiet);
        }

        return ExitCode.Success;
    }

    private static LocalOptions Settings(ParseResult parse, LocalCommandOptions local, LocalNews news) => new()
    {
        DataFolder = parse.GetValue(local.Data),
        FunctionsFolder = parse.GetValue(local.Functions),
        FunctionCommand = FunctionCommand.OfThisProgram(),
        ReceiptsPort = parse.GetValue(local.ReceiptsPort),
        TransactionsPort = parse.GetValue(local.TransactionsPort),
        ExpensesPort = parse.GetValue(local.ExpensesPort),
        PageFolder = parse.GetValue(local.Page),
        PagePort = parse.GetValue(local.PagePort),
        StoragePort = parse.GetValue(local.StoragePort),
        DynamoDbPort = parse.GetValue(local.DynamoDbPort),
        DatabasePort = parse.GetValue(local.DatabasePort),
        ControlPort = parse.GetValue(local.ControlPort),
        UsesDatabase = !parse.GetValue(local.NoDatabase),
        RetryAfter = TimeSpan.FromSeconds(parse.GetValue(local.RetryAfter)),
        MaxReceives = parse.GetValue(local.MaxReceives),
        CorsOrigin = parse.GetRequiredValue(local.CorsOrigin),
        TokenIssuer = parse.GetValue(local.TokenIssuer),
        TokenAudience = parse.GetValue(local.TokenAudience),
        TokenScopes = parse.GetValue(local.TokenScopes),
        PageClient = parse.GetValue(local.PageClient),
        StartsFunctions = true,
        OnEvent = news.Write,
    };
}
