using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Generation;
using Billing.Console.Json;
using Billing.Console.Views;

namespace Billing.Console.Commands;

/// <summary><c>billing generate csv</c>: invoice lines for load, the same for the same seed.</summary>
internal static class GenerateCsvCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Command command = new("csv", "Makes invoice lines. The same seed gives the same bytes.")
        {
            options.Rows, options.Seed, options.Dirt, options.DataOut, options.Json,
        };
        command.SetAction(async (parse, cancellationToken) =>
        {
            long rows = parse.GetValue(options.Rows);
            ulong seed = parse.GetValue(options.Seed);
            decimal dirt = parse.GetValue(options.Dirt);
            string? path = parse.GetValue(options.DataOut);
            bool json = parse.GetValue(options.Json);
            if (json && path is null)
            {
                throw new UsageException("Without --out the rows go to standard output, so --json cannot be used. Name a file with --out.");
            }

            InvoiceGenerator generator = new(seed, dirt);
            if (path is null)
            {
                generator.WriteTo(terminal.Output, rows, cancellationToken);
                await terminal.Output.FlushAsync(cancellationToken);
                return ExitCode.Success;
            }

            long bytes = Write(generator, path, rows, cancellationToken);
            if (json)
            {
                await JsonOutput.WriteAsync(terminal, writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("file", path);
                    writer.WriteNumber("rows", rows);
                    writer.WriteNumber("bytes", bytes);
                    writer.WriteSeed(seed);
                    writer.WriteAmount("dirtPercent", dirt);
                    writer.WriteEndObject();
                });
            }
            else
            {
                Sentence.Write(terminal.Out, $"{Figures.Count(rows, "row")}, {Figures.Bytes(bytes)}, written to {path}.");
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static long Write(InvoiceGenerator generator, string path, long rows, CancellationToken cancellationToken)
    {
        using FileStream stream = new(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 });
        return generator.WriteTo(stream, rows, cancellationToken);
    }
}
