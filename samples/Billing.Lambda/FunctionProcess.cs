using System.Runtime.InteropServices;

namespace Billing.Lambda;

/// <summary>This process as a Lambda function. Its environment variables name the function and the source of its events.</summary>
public static class FunctionProcess
{
    /// <summary>Runs the function until the process is told to stop.</summary>
    /// <returns>The exit code: 0 when told to stop, 1 when the function cannot start or continue.</returns>
    public static async Task<int> RunAsync()
    {
        HeapLimit.Set(Environment.GetEnvironmentVariable(HeapLimit.Variable));
        using CancellationTokenSource stop = new();
        using PosixSignalRegistration onTerm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            // The event in progress is reported as failed, and is delivered again: see FunctionHost.
            context.Cancel = true;
            stop.Cancel();
        });
        return await FunctionHost.RunAsync(Environment.GetEnvironmentVariable, Console.Out, stop.Token);
    }
}
