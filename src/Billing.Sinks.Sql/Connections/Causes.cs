using System.Net.Sockets;

namespace Billing.Sinks.Sql.Connections;

/// <summary>Searches an exception and its inner exceptions.</summary>
internal static class Causes
{
    /// <summary>Whether one of them has this type.</summary>
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

    /// <summary>Whether the cause is a network failure.</summary>
    public static bool AreNetwork(Exception exception) => Have<SocketException>(exception) || Have<IOException>(exception) || Have<TimeoutException>(exception);
}
