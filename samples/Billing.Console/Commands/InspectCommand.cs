using System.CommandLine;
using System.Text;
using Billing.Console.Arguments;
using Billing.Console.Json;
using Billing.Console.Reports;

namespace Billing.Console.Commands;

/// <summary><c>billing inspect</c>: proposes a layout for a file, and says what must be decided; on a terminal it asks.</summary>
internal static class InspectCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Argument<string> file = new("file") { Description = "The file to look at, or - for standard input.", HelpName = "FILE" };
        Command command = new("inspect", "Proposes a layout for a file. Stores nothing, and asks on a terminal what it cannot know.") { file, options.LayoutToGoOnFrom, options.AmountCurrency, options.LayoutOut, options.Force, options.Json };
        command.SetAction(async (parse, cancellationToken) =>
        {
            string? outPath = parse.GetValue(options.LayoutOut);
            if (outPath is not null && File.Exists(outPath) && !parse.GetValue(options.Force))
            {
                // A layout that someone has worked on is not written over by accident.
                throw new UsageException($"The file '{outPath}' already exists. Name another one, or overwrite it with --force.");
            }

            IBillingSource source = await InputFiles.OpenAsync(parse.GetRequiredValue(file), terminal, cancellationToken);
            SourceLayout stated = Stated(parse, options);
            LayoutProposal proposal = await LayoutInspector.InspectAsync(source, stated, cancellationToken);
            bool json = parse.GetValue(options.Json);
            if (!json)
            {
                InspectView.WriteFindings(terminal.Out, source.Name, proposal);
                proposal = await CompleteAsync(terminal, source, stated, proposal, cancellationToken);
            }

            string layout = proposal.Layout.ToJson();
            if (outPath is not null)
            {
                await File.WriteAllTextAsync(outPath, layout.TrimEnd() + "\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);
            }

            if (json)
            {
                await JsonOutput.WriteAsync(terminal, writer => InspectJson.Write(writer, source.Name, proposal, layout));
            }
            else
            {
                InspectView.WriteLayout(terminal.Out, layout, outPath);
            }

            return proposal.RowsRead > 0 ? ExitCode.Success : ExitCode.Quarantined;
        });
        return command;
    }

    // What is settled on the command line goes before the file that it goes on from.
    private static SourceLayout Stated(ParseResult parse, CommandOptions options)
    {
        SourceLayout layout = PipelineArguments.Existing(parse, options.LayoutToGoOnFrom) is { } path ? SourceLayout.Load(path) : SourceLayout.Default;
        return parse.GetValue(options.AmountCurrency) is { } currency ? layout with { DefaultCurrency = currency.ToUpperInvariant() } : layout;
    }

    private static async Task<LayoutProposal> CompleteAsync(Terminal terminal, IBillingSource source, SourceLayout stated, LayoutProposal proposal, CancellationToken cancellationToken)
    {
        if (terminal.Answers is not { } answers || proposal.Questions.Count == 0)
        {
            InspectView.WriteQuestions(terminal.Out, proposal.Questions);
            return proposal;
        }

        LayoutProposal completed = await new LayoutInterview(terminal, answers, source).RunAsync(stated, proposal, cancellationToken);
        if (completed != proposal)
        {
            terminal.Out.Profile.Out.Writer.WriteLine();
            InspectView.WriteResult(terminal.Out, source.Name, completed);
        }

        return completed;
    }
}
