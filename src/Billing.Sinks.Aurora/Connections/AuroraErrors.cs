using System.Data.Common;
using System.Security.Authentication;
using MySqlConnector;

namespace Billing.Sinks.Aurora.Connections;

/// <summary>Classifies server errors by their numbers.</summary>
internal static class AuroraErrors
{
    private const int DuplicateKey = 1062;
    private const int AccessDenied = 1045;
    private const int NoSuchTable = 1146;
    private const int Unreachable = 1042;
    private const int NeedsTls = 3159;

    /// <summary>Returns the server's number of an error, or of its cause; 0 if there is none.</summary>
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

    /// <summary>Whether the server rejects the user or the password.</summary>
    public static bool IsAccessDenied(Exception exception) => NumberOf(exception) == AccessDenied;

    /// <summary>Whether the user lacks a permission.</summary>
    public static bool IsForbidden(Exception exception) => NumberOf(exception) is 1044 or 1142 or 1143 or 1227;

    /// <summary>Whether no server answered, as opposed to one that refused.</summary>
    public static bool IsUnreachable(Exception exception) => NumberOf(exception) is Unreachable or 2002 or 2003 && !IsRefusedByDriver(exception);

    /// <summary>Returns why an error is transient, or null if it is not.</summary>
    public static string? ReasonToRetry(Exception exception) => IsRefusedByDriver(exception) ? null : NumberOf(exception) switch
    {
        1213 => "deadlock",
        1205 => "waiting for a lock took too long",
        1290 or 1836 => "the server is read-only, as in a failover",
        3032 => "the server is temporarily offline",
        1040 or 1203 or 1226 => "too many connections",
        1053 or 1077 or 1079 => "the server is shutting down",
        2006 or 2013 or 1927 or 4031 => "the connection was lost",
        Unreachable or 2002 or 2003 => "the server cannot be reached",
        1152 or 1153 or 1158 or 1159 or 1160 or 1161 => "the network failed",
        DuplicateKey => "another writer was first",
        0 => Causes.AreNetwork(exception) ? "the network failed" : null,
        _ => exception is DbException { IsTransient: true } ? "the driver reports a transient error" : null,
    };

    /// <summary>Whether an exception comes from the driver or the network below it.</summary>
    public static bool IsDatabase(Exception exception) => exception is DbException || Causes.AreNetwork(exception);

    /// <summary>Returns what to do about an error.</summary>
    public static string Remedy(Exception exception) => NumberOf(exception) switch
    {
        AccessDenied => "Check the user and the password.",
        NeedsTls => "The server accepts encrypted connections only. Set SslMode to VerifyFull, with SslCa, or to Required.",
        _ when IsForbidden(exception) => "Give the user the permission to do this.",
        1049 => "Create the database, or correct its name.",
        NoSuchTable or 1054 => $"Create the tables, either with {nameof(AuroraSinkOptions)}.{nameof(AuroraSinkOptions.CreateTables)} or by hand.",
        1148 or 3948 => $"The server does not accept LOAD DATA LOCAL. Set {nameof(AuroraSinkOptions)}.{nameof(AuroraSinkOptions.UseLocalInfile)} to false.",
        _ when NeedsKey(exception) => "Passwords are sent over encrypted connections only. Set SslMode to VerifyFull, with SslCa, or to Required.",
        _ when Causes.Have<AuthenticationException>(exception) => "The server's certificate is not trusted here: set SslCa to the file of the authority that signed it (Amazon's global-bundle.pem for Aurora), and Server to the name in the certificate.",
        1021 or 1114 or 1041 => "Give the server more memory or disk space.",
        _ => ReasonToRetry(exception) is { } reason ? $"The likely cause: {reason}. Try again later." : "Correct the error that the server reports.",
    };

    // The driver stops here, and reports the number of an unreachable server.
    private static bool IsRefusedByDriver(Exception exception) => NeedsKey(exception) || Causes.Have<AuthenticationException>(exception);

    private static bool NeedsKey(Exception? exception) => exception is MySqlException && exception.Message.Contains("RSA public key", StringComparison.Ordinal);
}
