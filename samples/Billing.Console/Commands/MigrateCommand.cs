using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Json;
using Billing.Console.Reports;
using Billing.Console.Stores;

namespace Billing.Console.Commands;

/// <summary><c>billing migrate</c>: a store of an earlier version becomes one of this version, in place.</summary>
internal static class MigrateCommand
{
    // A ledger alone: nothing is converted or categorised again.
    private static readonly PipelineArguments s_settings = new() { ReportingCurrency = "USD" };

    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Command command = new("migrate", "Upgrades a store to the canonical form of this version, in place, so that rows delivered again are recognised. Run it again to continue an interrupted migration.")
        {
            options.Store, options.LayoutToIgnoreBy, options.OnlyScope, options.DryRun, options.Json,
        };
        command.SetAction(async (parse, cancellationToken) =>
        {
            IReadOnlyList<string>? ignore = parse.GetValue(options.LayoutToIgnoreBy) is { } file ? IgnoredBy(file) : null;
            string? scope = parse.GetValue(options.OnlyScope);
            if (scope is not null && ignore is null)
            {
                throw new UsageException("--scope changes the ignored columns of one scope. Name the layout that states them with --layout, or leave --scope out.");
            }

            StoreMigrationOptions migration = new() { IsDryRun = parse.GetValue(options.DryRun), Ignore = ignore, Scope = scope };
            return await RunAsync(parse.GetRequiredValue(options.Store), migration, parse.GetValue(options.Json), terminal, cancellationToken);
        });
        return command;
    }

    private static IReadOnlyList<string> IgnoredBy(string file) => SourceLayout.Load(file).Ignore
        ?? throw new UsageException($"{file} states no ignored columns. Write them as \"ignore\": [\"COLUMN\"], or [] for none.");

    private static async Task<int> RunAsync(string address, StoreMigrationOptions options, bool json, Terminal terminal, CancellationToken cancellationToken)
    {
        IStore store = StoreAddress.ParseExisting(address, terminal);
        if (await OpenStore.TryOpenAsync(store, cancellationToken) is not { } open)
        {
            throw new UsageException($"There is no store at {store.Address}. Ingest into it first, or name another store.");
        }

        await open.DisposeAsync();
        await using PipelineScope scope = PipelineScope.To(store, s_settings, terminal);
        StoreMigrationReport report = await new StoreMigration((IBillingStore)scope.Pipeline.Ledger, options).RunAsync(cancellationToken);
        if (json)
        {
            await JsonOutput.WriteAsync(terminal, writer => MigrateJson.Write(writer, store.Address, options, report));
        }
        else
        {
            MigrateView.Write(terminal.Out, store.Address, options, report);
        }

        return ExitCode.Success;
    }
}
