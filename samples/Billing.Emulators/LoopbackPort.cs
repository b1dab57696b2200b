using System.Net;
using System.Net.Sockets;

namespace Billing.Emulators;

/// <summary>Finds ports of the loopback address, and waits for servers on them.</summary>
public static class LoopbackPort
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>Returns a port that nobody listens on.</summary>
    public static int Free()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until the process listens.</summary>
    /// <exception cref="EmulatorException">The process ended, does not listen in time, or another program uses the port.</exception>
    public static void WaitFor(ChildProcess process, int port, string name)
    {
        for (long start = Environment.TickCount64; Environment.TickCount64 - start < s_patience.TotalMilliseconds; Thread.Sleep(50))
        {
            if (process.HasExited)
            {
                throw new EmulatorException($"{name} ended during its start. {process.LastOutput}".TrimEnd());
            }

            using TcpClient client = new();
            try
            {
                client.Connect(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                // Not yet.
                continue;
            }
        }

        throw new EmulatorException(FormattableString.Invariant($"{name} did not answer on port {port} within {s_patience.TotalSeconds:0} seconds. {process.LastOutput}").TrimEnd());
    }
}
