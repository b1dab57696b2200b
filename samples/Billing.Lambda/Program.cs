using System.Runtime.InteropServices;
using Billing.Lambda;

using CancellationTokenSource stop = new();
using PosixSignalRegistration onTerm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    // What is under way is reported as failed, and comes again: see FunctionHost.
    context.Cancel = true;
    stop.Cancel();
});

return await FunctionHost.RunAsync(Environment.GetEnvironmentVariable, Console.Out, stop.Token);
