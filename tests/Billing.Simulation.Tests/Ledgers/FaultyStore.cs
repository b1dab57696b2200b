using Billing.Simulation.Tests.Schedules;

namespace Billing.Simulation.Tests.Ledgers;

/// <summary>The ledger as one run sees it, with the fault of that run. If two runs go on at once, their calls take turns.</summary>
internal sealed class FaultyStore(IMigratableStore inner, ILedger ledger, Fault? fault, Process process, Turns? turns = null, int place = 0) : ForwardingStore(inner)
{
    private int _calls;

    public override ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<BillingRecord> seen = fault is { IsAtRecord: true } && !process.HasFailed && _calls + 1 >= fault.Call && records.Count > fault.Detail
            ? new WatchedRecords(records, FailAtRecord)
            : records;
        return CallAsync(() => Inner.WriteAsync(seen, cancellationToken), isBatch: true);
    }

    protected override async ValueTask<T> CallAsync<T>(Func<ValueTask<T>> work, bool isBatch)
    {
        if (turns is not null)
        {
            await turns.EnterAsync(place);
        }

        if (process.HasEnded)
        {
            throw new ProcessEndException();
        }

        _calls++;
        if (fault is null || fault.IsAtRecord || fault.Call != _calls)
        {
            return await work();
        }

        process.HasFailed = true;
        return await FailAsync(work);
    }

    private async ValueTask<T> FailAsync<T>(Func<ValueTask<T>> work)
    {
        switch (fault!.Kind)
        {
            case FaultKind.ThrowsBefore:
                throw new SimulatedFailureException("The store fails.");
            case FaultKind.CancelsBefore:
                await process.Cancellation.CancelAsync();
                break;
            case FaultKind.DiesBefore:
                throw End();
            case FaultKind.CrashesBefore:
                ledger.Copy();
                throw End();
            case FaultKind.CrashesTorn:
                ledger.NoteLog();
                break;
            case FaultKind.IsBusy:
                ledger.Occupy();
                break;
        }

        T result = await work();
        switch (fault.Kind)
        {
            case FaultKind.ThrowsAfter:
                throw new SimulatedFailureException("The store fails after its work.");
            case FaultKind.CancelsAfter:
                await process.Cancellation.CancelAsync();
                return result;
            case FaultKind.DiesAfter:
                throw End();
            case FaultKind.CrashesAfter:
                ledger.Copy();
                throw End();
            case FaultKind.CrashesTorn:
                ledger.Copy(fault.Detail);
                throw End();
            default:
                return result;
        }
    }

    private void FailAtRecord(int index)
    {
        if (index != fault!.Detail || process.HasFailed)
        {
            return;
        }

        process.HasFailed = true;
        if (fault.Kind == FaultKind.CancelsAtRecord)
        {
            process.Cancellation.Cancel();
            return;
        }

        if (fault.Kind == FaultKind.CrashesAtRecord)
        {
            ledger.Copy();
        }

        throw End();
    }

    private ProcessEndException End()
    {
        process.HasEnded = true;
        return new ProcessEndException();
    }
}
