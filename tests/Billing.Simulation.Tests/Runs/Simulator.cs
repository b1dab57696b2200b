using Billing.Simulation.Tests.Checks;
using Billing.Simulation.Tests.Ledgers;
using Billing.Simulation.Tests.Schedules;

namespace Billing.Simulation.Tests.Runs;

/// <summary>Carries out schedules.</summary>
internal static class Simulator
{
    private const int FewUnsorted = 3;
    private const int ManyUnsorted = 195_000;

    public static async Task<Outcome> RunAsync(Schedule schedule, Func<TimeProvider, ILedger>? make = null)
    {
        SimulatedClock clock = new(schedule.Seed);
        await using ILedger ledger = make?.Invoke(clock) ?? schedule.Ledger switch
        {
            LedgerKind.Sqlite => new SqliteLedger(clock, ManyUnsorted),
            LedgerKind.SqliteSorted => new SqliteLedger(clock, FewUnsorted),
            _ => new MemoryLedger(clock),
        };
        World world = new(schedule, ledger, clock);
        int number = 0;
        try
        {
            foreach (Step step in schedule.Steps)
            {
                number++;
                await DoAsync(world, step);
            }

            number++;
            await new FinalChecks(world).RunAsync();
            return new Outcome(null, number, world.Trace, await Digests.OfAsync(world.Store));
        }
        catch (Exception e)
        {
            return new Outcome(e, number, world.Trace, "");
        }
    }

    private static Task DoAsync(World world, Step step)
    {
        switch (step)
        {
            case IngestStep ingest:
                return new Ingestions(world).IngestAsync(ingest);
            case TogetherStep together:
                return new Ingestions(world).TogetherAsync(together);
            case DryRunStep dry:
                return new Ingestions(world).DryRunAsync(dry);
            case ReplayStep replay:
                return new QuarantineWork(world).ReplayAsync(replay);
            case DismissStep dismiss:
                return new QuarantineWork(world).DismissAsync(dismiss);
            case RemoveStep remove:
                return new ForeignHands(world).RemoveAsync(remove);
            case EditStep edit:
                return new ForeignHands(world).EditAsync(edit);
            case QueryStep query:
                return new Readings(world).QueryAsync(query);
            case VerifyStep:
                return new Readings(world).VerifyAsync();
            case MigrateStep migrate:
                return new Readings(world).MigrateAsync(migrate);
            case QueueStep queue:
                return new Queues(world).RunAsync(queue);
            case LateRatesStep:
                world.RatesAreLate = true;
                return Task.CompletedTask;
            default:
                return world.Ledger.RestartAsync().AsTask();
        }
    }
}
