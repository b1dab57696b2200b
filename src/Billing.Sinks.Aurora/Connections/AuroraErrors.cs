using System.Data.Common;
using System.Security.Authentication;
using MySqlConnector;

namespace Billing.Sinks.Aurora.Connections;

/// <summary>Tells errors of the server apart by their numbers.</summary>
internal static class AuroraErrors
{
    private const int DuplicateKey = 1062;
    private const int AccessDenied = 1045;
    private const int NoSuchTable = 1146;
    private const int Unreachable = 1042;
    private const int NeedsTls = 3159;

    /// <summary>The server's number of an error, or of what caused it; 0 where there is none.</summary>
    public static int NumberOf(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is MySqlException { Number: not 0 } error)
            {
                return error.Number;
            }
        }

        return 0;
    }

    /// <summary>Whether the server does not know the user or the password.</summary>
    public static bool IsAccessDenied(Exception exception) => NumberOf(exception) == AccessDenied;

    /// <summary>Whether the user may not do what was asked.</summary>
    public static bool IsForbidden(Exception exception) => NumberOf(exception) is 1044 or 1142 or 1143 or 1227;

    /// <summary>Whether there was no server to talk to, rather than one that says no.</summary>
    public static bool IsUnreachable(Exception exception) => NumberOf(exception) is Unreachable or 2002 or 2003 && !IsRefusedByDriver(exception);

    /// <summary>Why an error may pass, or null where it will not.</summary>
    public static string? ReasonToRetry(Exception exception) => IsRefusedByDriver(exception) ? null : NumberOf(exception) switch
    {
        1213 => "deadlock",
        1205 => "a lock was waited for too long",
        1290 or 1836 => "the server is read-only, as in a failover",
        3032 => "the server is offline for a while",
        1040 or 1203 or 1226 => "too many connections",
        1053 or 1077 or 1079 => "the server is shutting down",
        2006 or 2013 or 1927 or 4031 => "the connection was lost",
        Unreachable or 2002 or 2003 => "the server cannot be reached",
        1152 or 1153 or 1158 or 1159 or 1160 or 1161 => "the network failed",
        DuplicateKey => "another writer was first",
        0 => Causes.AreNetwork(exception) ? "the network failed" : null,
        _ => exception is DbException { IsTransient: true } ? "the driver says that it may pass" : null,
    };

    /// <summary>Whether an exception comes from a driver or the network beneath it.</summary>
    public static bool IsDatabase(Exception exception) => exception is DbException || Causes.AreNetwork(exception);

    /// <summary>What to do about an error.</summary>
    public static string Remedy(Exception exception) => NumberOf(exception) switch
    {
        AccessDenied => "Check user and password.",
        NeedsTls => "The server takes encrypted connections only: set SslMode to VerifyFull, with SslCa, or to Required.",
        _ when IsForbidden(exception) => "Give the user the right to do this.",
        1049 => "Create the database, or correct its name.",
        NoSuchTable or 1054 => $"Create the tables, with {nameof(AuroraSinkOptions)}.{nameof(AuroraSinkOptions.CreateTables)} or by hand.",
        1148 or 3948 => $"The server takes no LOAD DATA LOCAL: set {nameof(AuroraSinkOptions)}.{nameof(AuroraSinkOptions.UseLocalInfile)} to false.",
        _ when NeedsKey(exception) => "Passwords go over encrypted connections only: set SslMode to VerifyFull, with SslCa, or to Required.",
        _ when Causes.Have<AuthenticationException>(exception) => "The server's certificate is not one that is trusted here: set SslCa to the file of the authority that signed it (Amazon's global-bundle.pem for Aurora), and Server to the name that the certificate is for.",
        1021 or 1114 or 1041 => "Give the server more room.",
        _ => ReasonToRetry(exception) is { } reason ? $"Most likely {reason}: try again later." : "Correct what the server says.",
    };

    // The driver refuses to go on, and gives the number of a server that is not there.
    private static bool IsRefusedByDriver(Exception exception) => NeedsKey(exception) || Causes.Have<AuthenticationException>(exception);

    private static bool NeedsKey(Exception? exception) => exception is MySqlException && exception.Message.Contains("RSA public key", StringComparison.Ordinal);
}
