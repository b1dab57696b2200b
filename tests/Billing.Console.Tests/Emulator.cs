using System.Diagnostics;
using Amazon.Runtime;
using Billing.Aws;
using Billing.Emulators;

namespace Billing.Console.Tests;

/// <summary>The emulator of SQS that the tests of this project share, with a queue <c>generated</c>; started by the first that asks, ended as the fixture of the assembly.</summary>
public sealed class Emulator : IDisposable
{
    private static readonly Lazy<FauxqsServer> s_server = new(() => new FauxqsServer("""{ "queues": [{ "name": "generated" }] }"""));

    /// <summary>Calls the command in a process of its own, whose environment says where the emulator is, as AWS's tools read it.</summary>
    internal static async Task<Run> BillingAsync(string[] args, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "billing.dll"), .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_ENDPOINT_URL_SQS"] = s_server.Value.Endpoint.ToString();
        start.Environment["AWS_REGION"] = FauxqsServer.Region;
        start.Environment["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return new Run(process.ExitCode, output, (await error).ReplaceLineEndings("\n"));
    }

    /// <summary>Takes everything out of a queue.</summary>
    internal static async Task<string[]> EmptyAsync(string name, CancellationToken cancellationToken)
    {
        using AwsConnection connection = new(new AwsOptions { Endpoint = s_server.Value.Endpoint, Region = FauxqsServer.Region, Credentials = new BasicAWSCredentials("local", "local") });
        SqsQueue queue = new(connection, name);
        List<string> bodies = [];
        while (await queue.ReceiveAsync(new SqsReceiveOptions { Wait = TimeSpan.Zero }, cancellationToken) is { Count: > 0 } messages)
        {
            bodies.AddRange(messages.Select(message => message.Body));
            await queue.DeleteAsync([.. messages.Select(message => message.ReceiptHandle)], cancellationToken);
        }

        return [.. bodies];
    }

    public void Dispose()
    {
        if (s_server.IsValueCreated)
        {
            s_server.Value.Dispose();
        }
    }
}
