using Billing.Lambda.Functions;
using Billing.Lambda.Runtime;
using Billing.Lambda.Settings;
using Microsoft.Extensions.Logging;

namespace Billing.Lambda;

/// <summary>Starts the function that the handler names, and runs it until Lambda ends it.</summary>
internal static class FunctionHost
{
    private const int Failed = 1;

    // On the managed runtime the handler is the assembly, so this variable names the function.
    private const string FunctionVariable = "BILLING_FUNCTION";
    private const string HandlerVariable = "_HANDLER";
    private const string RuntimeVariable = "AWS_LAMBDA_RUNTIME_API";
    private const string InitialisationVariable = "AWS_LAMBDA_INITIALIZATION_TYPE";
    private const string SnapStart = "snap-start";

    /// <returns>The exit code: 0 when told to stop, 1 when the function cannot start or continue.</returns>
    public static async Task<int> RunAsync(Func<string, string?> variable, TextWriter output, CancellationToken stop)
    {
        using JsonLineLoggers logs = new(output, LevelOf(variable("AWS_LAMBDA_LOG_LEVEL")), TimeProvider.System);
        ILogger logger = logs.CreateLogger("Billing.Lambda");
        string name = variable(FunctionVariable) is { Length: > 0 } function ? function : variable(HandlerVariable) ?? "";
        if (variable(RuntimeVariable) is not { Length: > 0 } address)
        {
            Log.StartFailed(logger, new BillingConfigurationException($"The variable {RuntimeVariable} is not set. Run this program with AWS Lambda, or with `billing local`."), name);
            return Failed;
        }

        using RuntimeClient api = new(address, TimeProvider.System);
        using FunctionServices services = new(new FunctionSettings(variable), logs, TimeProvider.System);
        try
        {
            if (await StartAsync(name, variable(InitialisationVariable), services, api, logger, stop) is not { } started
                || !await new InvocationLoop(api, started, TimeProvider.System, logger).RunAsync(stop))
            {
                // Work that did not end must not continue.
                return Failed;
            }
        }
        catch (RuntimeApiException exception)
        {
            // Lambda does not know what could not be reported to it; it starts another process.
            Log.RuntimeFailed(logger, exception, exception.Message);
            return Failed;
        }

        Log.Stopped(logger);
        return 0;
    }

    private static async Task<IFunction?> StartAsync(string name, string? initialisation, FunctionServices services, RuntimeClient api, ILogger logger, CancellationToken stop)
    {
#pragma warning disable CA1031 // Whatever prevents the start is reported to Lambda.
        try
        {
            if (initialisation == SnapStart)
            {
                throw new BillingConfigurationException($"The variable {InitialisationVariable} is '{SnapStart}'. With SnapStart, many processes would continue from one snapshot, with its old connections and secrets. Turn SnapStart off for this function.");
            }

            IFunction started = await FunctionCatalog.StartAsync(name, services, stop);
            Log.Started(logger, name, HeapLimit.Megabytes);
            return started;
        }
        catch (Exception exception)
        {
            Log.StartFailed(logger, exception, name);
            await api.FailToStartAsync(ErrorReport.OfStart(exception));
            return null;
        }
#pragma warning restore CA1031
    }

    private static LogLevel LevelOf(string? text) => text?.ToUpperInvariant() switch
    {
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "WARN" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "FATAL" => LogLevel.Critical,
        _ => LogLevel.Information,
    };
}
