using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Billing.Local;

/// <summary>The location of a running local environment, which <c>billing local</c> writes to a file for its other commands. It holds no secrets.</summary>
public sealed record LocalState
{
    private const string FileName = "billing-local.json";

    /// <summary>The id of the process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>The time at which that process started: another process may get the same id later.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>The data folder.</summary>
    public required string DataFolder { get; init; }

    /// <summary>S3, SQS and SNS.</summary>
    public required Uri Storage { get; init; }

    /// <summary>DynamoDB.</summary>
    public required Uri DynamoDb { get; init; }

    /// <summary>Secrets Manager and Lambda's Invoke.</summary>
    public required Uri Control { get; init; }

    /// <summary>The HTTP API of the receipts.</summary>
    public required Uri ReceiptsApi { get; init; }

    /// <summary>The HTTP API of the transactions.</summary>
    public required Uri TransactionsApi { get; init; }

    /// <summary>The HTTP API of the expenses.</summary>
    public required Uri ExpensesApi { get; init; }

    /// <summary>The page; null if none is served.</summary>
    public Uri? Page { get; init; }

    /// <summary>The port of MariaDB; 0 if it was not started.</summary>
    public required int DatabasePort { get; init; }

    /// <summary>Returns the environment that runs on a data folder, or the last one that this user started.</summary>
    /// <exception cref="LocalException">No environment is running.</exception>
    public static LocalState Find(string? dataFolder)
    {
        string file = dataFolder is null ? UserFile() : Path.Combine(dataFolder, FileName);
        return Read(file) is { } state && state.Runs()
            ? state
            : throw new LocalException($"No local environment is running{(dataFolder is null ? "" : $" on {dataFolder}")}. Start one with: billing local");
    }

    /// <summary>Writes the state to the data folder and for the user.</summary>
    public void Write()
    {
        foreach (string file in (string[])[Path.Combine(DataFolder, FileName), UserFile()])
        {
            // In one step, because others may read while this writes.
            string draft = file + string.Create(CultureInfo.InvariantCulture, $".{Environment.ProcessId}");
            File.WriteAllText(draft, JsonSerializer.Serialize(this, LocalJson.Default.LocalState));
            File.Move(draft, file, overwrite: true);
        }
    }

    /// <summary>Deletes the state, if it is still that of this process.</summary>
    public void Remove()
    {
        foreach (string file in (string[])[Path.Combine(DataFolder, FileName), UserFile()])
        {
            if (Read(file)?.ProcessId == ProcessId)
            {
                File.Delete(file);
            }
        }
    }

    private static LocalState? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), LocalJson.Default.LocalState);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    // A folder that only this user can write to: in a shared one, another user could put a file that leads elsewhere.
    private static string UserFile()
    {
        string folder = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime && Directory.Exists(runtime) ? runtime
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "billing");
        _ = Directory.CreateDirectory(folder);
        return Path.Combine(folder, FileName);
    }

    private bool Runs()
    {
        try
        {
            using Process process = Process.GetProcessById(ProcessId);
            return !process.HasExited && (process.StartTime.ToUniversalTime() - Started.UtcDateTime).Duration() < TimeSpan.FromSeconds(2);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
