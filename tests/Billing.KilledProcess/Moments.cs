using System.Diagnostics;

namespace Billing.KilledProcess;

/// <summary>The moments of an ingestion, counted as they pass: before and after each call of the ledger, and at each record that it takes in a call. At a chosen one the process is killed, as by SIGKILL.</summary>
public sealed class Moments(long killAt)
{
    private long _passed;

    /// <summary>How many have passed.</summary>
    public long Passed => Interlocked.Read(ref _passed);

    /// <summary>One passes; where it is the chosen one, nothing comes after it.</summary>
    public void Pass()
    {
        if (Interlocked.Increment(ref _passed) == killAt)
        {
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
