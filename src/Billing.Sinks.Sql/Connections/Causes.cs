using System.Net.Sockets;

namespace Billing.Sinks.Sql.Connections;

/// <summary>Looks through an exception and what caused it.</summary>
internal static class Causes
{
    /// <summary>Whether one of them is of that type.</summary>
    public static bool Have<T>(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the network failed.</summary>
    public static bool AreNetwork(Exception exception) => Have<SocketException>(exception) || Have<IOException>(exception) || Have<TimeoutException>(exception);
}
