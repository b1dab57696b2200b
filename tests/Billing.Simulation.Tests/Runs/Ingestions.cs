using Billing.Simulation.Tests.Checks;
using Billing.Simulation.Tests.Ledgers;
using Billing.Simulation.Tests.Schedules;

namespace Billing.Simulation.Tests.Runs;

/// <summary>Ingests sources: one, two at the same time, or first in a dry run.</summary>
internal sealed class Ingestions(World world)
{
    public async Task IngestAsync(IngestStep step)
    {
        world.Deliver(step.ScheduledDelivery);
        RunResult result = await RunAsync(step);
        await EndAsync(step, result);
    }

    public async Task TogetherAsync(TogetherStep step)
    {
        world.Deliver(step.One.ScheduledDelivery);
        world.Deliver(step.Other.ScheduledDelivery);
        Turns turns = new(step.Seed, runs: 2);
        RunResult[] results = await Task.WhenAll(RunAsync(step.One, turns, 0), RunAsync(step.Other, turns, 1));
        await EndAsync(step.One, results[0]);
        await EndAsync(step.Other, results[1]);
    }

    public async Task DryRunAsync(DryRunStep step)
    {
        string before = await Digests.OfAsync(world.Store);
        IngestOptions options = new() { Scope = step.ScheduledDelivery.Scope };
        using BillingPipeline pipeline = world.Pipelines.Build([world.Store], world.Rates(), step.BatchSize);
        IngestReport dry = await pipeline.AsDryRun().IngestAsync(new SimulatedSource(step.ScheduledDelivery, Arrival.Whole), options);
        ViolationException.ThrowUnless(before == await Digests.OfAsync(world.Store), "A dry run changed the ledger.");
        IngestStep real = new(step.ScheduledDelivery, step.BatchSize, Arrival.Whole, Reread: false, RatesFail: false, Fault: null);
        world.Deliver(step.ScheduledDelivery);
        RunResult result = await RunAsync(real);
        await EndAsync(real, result);
        IngestReport run = result.Report!;
        ViolationException.ThrowUnless(
            dry.Stored.Equals(run.Stored) && dry.Duplicate.Equals(run.Duplicate) && dry.Conflict.Equals(run.Conflict) && dry.Quarantined.Equals(run.Quarantined),
            $"The dry run foretold\n{dry}\nbut the run came to\n{run}");
    }

    private async Task<RunResult> RunAsync(IngestStep step, Turns? turns = null, int place = 0)
    {
        using Process process = new();
        IngestOptions options = new() { Scope = step.ScheduledDelivery.Scope, Reread = step.Reread };
        try
        {
            using BillingPipeline pipeline = world.Pipelines.Build(world.Stores(process, step.Fault, turns, place), world.Rates(step.RatesFail), step.BatchSize);
            return new RunResult(await pipeline.IngestAsync(new SimulatedSource(step.ScheduledDelivery, step.Arrival), options, process.Token), null, process.HasFailed);
        }
        catch (Exception e)
        {
            return new RunResult((e as IngestFailedException)?.Report ?? (e as IngestCanceledException)?.Report, e, process.HasFailed);
        }
        finally
        {
            turns?.End();
        }
    }

    private async Task EndAsync(IngestStep step, RunResult result)
    {
        world.Trace.Add(result.ToString());
        if (result.HasFailed && step.Fault!.IsDeath)
        {
            await world.Ledger.RestartAsync();
        }

        bool mustFail = step.RatesFail || step.Arrival.Kind == ArrivalKind.Breaks || Expectations.MustFail(step.Fault, result.HasFailed);
        if (result.Error is null)
        {
            ViolationException.ThrowUnless(!mustFail, "The run completed, although it could not.");
            await RunChecks.CompletedAsync(world.Store, result.Report!, step.ScheduledDelivery, world.RatesAreLate);
            return;
        }

        bool isExpected = Expectations.Allow(result.Error, step.Fault, result.HasFailed)
            || (step.RatesFail && result.Error is ExchangeRatesException)
            || (step.Arrival.Kind == ArrivalKind.Breaks && result.Error is IngestFailedException)

            // A source that breaks off before it is known what it is: there is no run.
            || (step.Arrival.Kind == ArrivalKind.Breaks && result is { Report: null, Error: SimulatedFailureException });
        if (!isExpected)
        {
            throw new ViolationException($"The run failed, and nothing of the schedule explains it: {result.Error.Message}", result.Error);
        }

        if (result.Report is { } report)
        {
            await RunChecks.FailedAsync(world.Store, report, result.HasFailed ? step.Fault : null);
        }
    }
}
