using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Json;
using Billing.Console.Reports;
using Billing.Console.Stores;

namespace Billing.Console.Commands;

/// <summary><c>billing export audit</c>: what an auditor needs to check a ledger without this software.</summary>
internal static class ExportAuditCommand
{
    private const string Zip = ".zip";

    private static readonly Option<string?> s_period = new("--period") { Description = "The dates of the records: 2025-06, 2025, or 2025-06-01..2025-06-30. Without it, the whole ledger.", HelpName = "PERIOD" };
    private static readonly Option<string> s_out = new("--out") { Description = "The folder, which is made; or a file that ends in .zip.", HelpName = "DIR|FILE.zip", Required = true };

    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Command command = new("audit", "Writes a bundle for an auditor: records, runs, quarantine, rates, rules, layouts, entries, changes and seals, with a description and a manifest. samples/audit/verify.py checks it without this command.")
        {
            s_period, s_out, options.Store, options.Force, options.Json,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, options, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        (DateOnly From, DateOnly To)? period = parse.GetValue(s_period) is { } text ? PeriodArgument.Parse("--period", text) : null;
        string output = parse.GetRequiredValue(s_out);
        bool force = parse.GetValue(options.Force);
        IStore store = StoreAddress.ParseExisting(parse.GetRequiredValue(options.Store), terminal);
        await using OpenStore open = new(store);
        AuditBundle bundle = new(open.Store) { From = period?.From, To = period?.To };
        AuditBundleReport report = output.EndsWith(Zip, StringComparison.OrdinalIgnoreCase)
            ? await WriteZipAsync(bundle, output, force, cancellationToken)
            : force ? throw new UsageException("--force overwrites a file that ends in .zip. Name a folder that is not there yet.")
            : await bundle.WriteFolderAsync(output, cancellationToken);
        if (parse.GetValue(options.Json))
        {
            await JsonOutput.WriteAsync(terminal, json => AuditJson.Write(json, store.Address, output, period, report));
        }
        else
        {
            AuditView.Write(terminal.Out, store.Address, output, period, report);
        }

        return ExitCode.Success;
    }

    // Beside it first: where the export fails, no archive is there that seems whole, and an earlier one stays.
    private static async Task<AuditBundleReport> WriteZipAsync(AuditBundle bundle, string output, bool force, CancellationToken cancellationToken)
    {
        if (!force && File.Exists(output))
        {
            throw new UsageException($"{output} exists. Name another file, or overwrite it with --force.");
        }

        string part = output + ".part";
        try
        {
            AuditBundleReport report;
            await using (FileStream file = new(part, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                report = await bundle.WriteZipAsync(file, cancellationToken);
            }

            File.Move(part, output, force);
            return report;
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }
}
