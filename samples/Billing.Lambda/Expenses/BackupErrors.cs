using System.Data.Common;
using System.Net.Sockets;
using System.Security.Authentication;
using MySqlConnector;

namespace Billing.Lambda.Expenses;

/// <summary>Tells errors of the database apart.</summary>
internal static class BackupErrors
{
    private const int AccessDenied = 1045;

    // Another backup was first: tried again, this one finds what it wrote.
    private const int DuplicateKey = 1062;

    /// <summary>Whether an exception comes from the driver or the network beneath it.</summary>
    public static bool AreDatabase(Exception exception) => exception is DbException or SocketException or IOException or TimeoutException;

    /// <summary>Whether the server rejects the user or the password.</summary>
    public static bool AreDenied(Exception exception) => exception is MySqlException { Number: AccessDenied };

    /// <summary>Whether the user lacks a right.</summary>
    public static bool AreForbidden(Exception exception) => exception is MySqlException { Number: 1044 or 1142 or 1143 or 1227 };

    /// <summary>Whether there was no server to talk to.</summary>
    public static bool AreUnreachable(Exception exception) => exception is MySqlException { Number: 1042 or 2002 or 2003 };

    /// <summary>Whether trying again may help: deadlocks, failovers, lost connections, another backup that was first.</summary>
    public static bool MayPass(Exception exception) => exception switch
    {
        MySqlException when exception.InnerException is AuthenticationException => false,
        MySqlException error => error.IsTransient || AreUnreachable(error) || (error.Number == 0 && error.InnerException is SocketException or IOException)
            || error.Number is DuplicateKey or 1053 or 1077 or 1079 or 1152 or 1153 or (>= 1158 and <= 1161) or 1203 or 1205 or 1213 or 1226 or 1290 or 1836 or 1927 or 2006 or 2013 or 3032 or 4031,
        _ => AreDatabase(exception),
    };
}
