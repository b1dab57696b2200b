using System.Globalization;
using System.Runtime.InteropServices;
using Billing.Emulators;

namespace Billing.Rivals;

/// <summary>A server for the time of a comparison: writes its port and the id of its process to a file, and ends when it is told to stop.</summary>
internal static class Servers
{
    /// <summary>MariaDB with durable commits, and memory for the whole table.</summary>
    public static async Task MySqlAsync(string file)
    {
        using MySqlServer server = MySqlServer.Start("--innodb-buffer-pool-size=1G", "--innodb-log-file-size=512M", "--innodb-flush-log-at-trx-commit=1");
        string id = (await File.ReadAllTextAsync(server.Scalar("SELECT @@pid_file")!)).Trim();
        await RunAsync(file, server.Port, id, "MariaDB " + server.Scalar("SELECT VERSION()")!.Split('-')[0]);
    }

    /// <summary>DynamoDB Local in memory.</summary>
    public static async Task DynamoAsync(string file)
    {
        using DynamoDbServer server = new(null);
        await RunAsync(file, server.Port, server.ProcessId.ToString(CultureInfo.InvariantCulture), "DynamoDB Local");
    }

    private static async Task RunAsync(string file, int port, string processId, string version)
    {
        TaskCompletionSource stop = new();
        using PosixSignalRegistration onTerm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stop.SetResult();
        });
        // Whoever waits for the file finds it whole.
        await File.WriteAllTextAsync(file + ".new", string.Create(CultureInfo.InvariantCulture, $"{port} {processId} {version}\n"));
        File.Move(file + ".new", file);
        await stop.Task;
    }
}
