using Billing.Simulation.Tests.Checks;
using Billing.Simulation.Tests.Ledgers;
using Billing.Simulation.Tests.Schedules;

namespace Billing.Simulation.Tests.Runs;

/// <summary>Replays and dismisses quarantined rows.</summary>
internal sealed class QuarantineWork(World world)
{
    public async Task ReplayAsync(ReplayStep step)
    {
        using Process process = new();
        List<IngestReport> ended = [];
        Exception? error = null;
        try
        {
            // The identity is that of the run that refused the row: files and messages have different ones.
            using BillingPipeline pipeline = world.Pipelines.Build(world.Stores(process, step.Fault), world.Rates(), step.BatchSize, step.StatesSettings, statesIdentity: false);
            await pipeline.ReplayAsync(new QuarantineQuery(), new IngestOptions { RunEnded = ended.Add }, process.Token);
        }
        catch (Exception e)
        {
            error = e;
        }

        if (process.HasFailed && step.Fault!.IsDeath)
        {
            await world.Ledger.RestartAsync();
        }

        bool isAllowed = error is null
            ? !Expectations.MustFail(step.Fault, process.HasFailed)
            : Expectations.Allow(error, step.Fault, process.HasFailed) || (process.HasFailed && error is SimulatedFailureException or ProcessEndException);
        if (!isAllowed)
        {
            throw new ViolationException($"The replay {(error is null ? "completed, although it could not." : "failed, and nothing of the schedule explains it: " + error.Message)}", error);
        }

        foreach (IngestReport report in ended)
        {
            world.Trace.Add($"replayed: {new RunResult(report, report.Status == RunStatus.Completed ? null : error, process.HasFailed)}");
            if (report.Status == RunStatus.Completed)
            {
                await RunChecks.CompletedAsync(world.Store, report, null, world.RatesAreLate);
            }
            else
            {
                await RunChecks.FailedAsync(world.Store, report, step.Fault);
            }
        }
    }

    public async Task DismissAsync(DismissStep step)
    {
        QuarantinedRecord[] open = await world.Store.GetAllQuarantineAsync(new QuarantineQuery()).ToArrayAsync();
        if (open.Length == 0)
        {
            world.Trace.Add("nothing to dismiss");
            return;
        }

        QuarantinedRecord row = open[step.Place % open.Length];
        using BillingPipeline pipeline = world.Pipelines.Build(world.Follower is null ? [world.Store] : [world.Store, world.Follower], world.Rates(), batchSize: 10);
        await pipeline.DismissQuarantineAsync([row.Key], "not ours");
        world.Dismissed.Add(row.Key);
        world.Trace.Add($"dismissed {row}");
        QuarantinedRecord[] left = await world.Store.GetAllQuarantineAsync(new QuarantineQuery()).ToArrayAsync();
        ViolationException.ThrowUnless(left.Length == open.Length - 1 && left.All(other => other.Key != row.Key), "A dismissed row is still open.");
    }
}
