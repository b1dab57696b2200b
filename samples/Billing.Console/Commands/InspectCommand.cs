using System.CommandLine;
using System.Text;
using Billing.Console.Arguments;
using Billing.Console.Json;
using Billing.Console.Reports;

namespace Billing.Console.Commands;

/// <summary><c>billing inspect</c>: proposes a layout for a file, and says what must be decided.</summary>
internal static class InspectCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Argument<string> file = new("file") { Description = "The file to look at.", HelpName = "FILE" };
        Option<bool> force = new("--force") { Description = "Writes over a layout file that is there." };
        Command command = new("inspect", "Looks at a file and proposes a layout. Stores nothing.") { file, options.LayoutOut, force, options.Json };
        command.SetAction(async (parse, cancellationToken) =>
        {
            string path = parse.GetRequiredValue(file);
            if (!File.Exists(path))
            {
                throw new UsageException($"There is no file '{path}'. Check the name and the folder.");
            }

            LayoutProposal proposal = await LayoutInspector.InspectAsync(BillingSource.File(path), cancellationToken);
            string layout = proposal.Layout.ToJson();
            string? outPath = parse.GetValue(options.LayoutOut);
            if (outPath is not null)
            {
                await WriteLayoutAsync(outPath, layout, parse.GetValue(force), cancellationToken);
            }

            if (parse.GetValue(options.Json))
            {
                await JsonOutput.WriteAsync(terminal, json => InspectJson.Write(json, Path.GetFileName(path), proposal, layout));
            }
            else
            {
                InspectView.Write(terminal.Out, Path.GetFileName(path), proposal, layout, outPath);
            }

            return proposal.RowsRead > 0 ? ExitCode.Success : ExitCode.Quarantined;
        });
        return command;
    }

    // A layout that someone has worked on is not written over by accident.
    private static async Task WriteLayoutAsync(string path, string layout, bool force, CancellationToken cancellationToken)
    {
        if (!force && File.Exists(path))
        {
            throw new UsageException($"There is a file '{path}' already. Name another one, or write over it with --force.");
        }

        await File.WriteAllTextAsync(path, layout.TrimEnd() + "\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);
    }
}
