using System.Runtime.InteropServices;
using Billing.Console;
using Billing.Console.Commands;
using Billing.Lambda;

if (FunctionCommand.IsMeant(args))
{
    return await FunctionProcess.RunAsync();
}

using CancellationTokenSource cancellation = new();

// The first signal asks the run to end between two batches; the second one ends the process.
void Cancel(PosixSignalContext context)
{
    if (!cancellation.IsCancellationRequested)
    {
        context.Cancel = true;
        cancellation.Cancel();
    }
}

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
using Terminal terminal = Terminal.OfProcess();
return await BillingCommand.RunAsync(args, terminal, cancellation.Token);
