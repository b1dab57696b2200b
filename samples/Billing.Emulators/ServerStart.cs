using System.Data.Common;
using System.Diagnostics;

namespace Billing.Emulators;

/// <summary>Waits for a database server after its start.</summary>
internal static class ServerStart
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns when the server answers.</summary>
    /// <param name="program">The name of the server in messages.</param>
    /// <param name="process">The process of the server.</param>
    /// <param name="ask">Sends a query to the server.</param>
    /// <param name="log">Returns the log of the server.</param>
    /// <exception cref="EmulatorException">The server ended, or does not answer.</exception>
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
