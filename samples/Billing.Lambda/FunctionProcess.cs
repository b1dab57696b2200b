using System.Runtime.InteropServices;

namespace Billing.Lambda;

/// <summary>This process as a function of Lambda: its environment variables name the function and where events come from.</summary>
public static class FunctionProcess
{
    /// <summary>Runs the function until the process is told to stop.</summary>
    /// <returns>The exit code: 0 when told to stop, 1 when the function cannot start or go on.</returns>
    public static async Task<int> RunAsync()
    {
        HeapLimit.Set(Environment.GetEnvironmentVariable(HeapLimit.Variable));
        using CancellationTokenSource stop = new();
        using PosixSignalRegistration onTerm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            // What is under way is reported as failed, and comes again: see FunctionHost.
            context.Cancel = true;
            stop.Cancel();
        });
        return await FunctionHost.RunAsync(Environment.GetEnvironmentVariable, Console.Out, stop.Token);
    }
}
