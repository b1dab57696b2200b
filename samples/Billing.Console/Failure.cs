using Billing.Local;

namespace Billing.Console;

/// <summary>What a user is told of an exception: one line, and an exit code.</summary>
internal static class Failure
{
    public static (int Code, string Message) Of(Exception exception) => exception switch
    {
        UsageException or BillingConfigurationException => (ExitCode.Usage, exception.Message),
        OperationCanceledException => (ExitCode.Cancelled, "Cancelled. What was stored stays stored; running the same command again is safe."),
        BillingException or LocalException or NotFoundException or IOException => (ExitCode.Failed, exception.Message),
        UnauthorizedAccessException => (ExitCode.Failed, $"{exception.Message} Check the permissions."),
        System.Data.Common.DbException => (ExitCode.Failed, $"The store failed: {exception.Message}"),
        _ => (ExitCode.Failed, $"Unexpected {exception.GetType().Name}: {exception.Message} Please report it, with what --verbose shows."),
    };
}
