using System.Data.Common;
using System.Diagnostics;

namespace Billing.Emulators;

/// <summary>Waits for a database server that was started.</summary>
internal static class ServerStart
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns when it answers.</summary>
    /// <param name="program">What messages call it.</param>
    /// <param name="process">Its process.</param>
    /// <param name="ask">Asks it something.</param>
    /// <param name="log">What it said of itself.</param>
    /// <exception cref="EmulatorException">It ended, or does not answer.</exception>
    public static void Wait(string program, ChildProcess process, Func<string?> ask, Func<string> log)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (true)
        {
            if (process.HasExited)
            {
                throw new EmulatorException($"{program} ended: {log()}");
            }

            try
            {
                _ = ask();
                return;
            }
            catch (DbException e)
            {
                if (waited.Elapsed > s_longest)
                {
                    throw new EmulatorException($"{program} does not answer ({e.Message}): {log()}", e);
                }

                Thread.Sleep(s_pause);
            }
        }
    }
}
