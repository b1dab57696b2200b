using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Billing.Local;

/// <summary>Where a local environment that runs can be found: what <c>billing local</c> writes down for its other commands. It holds no secret.</summary>
public sealed record LocalState
{
    private const string FileName = "billing-local.json";

    /// <summary>The process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>When that process started: another one may have its id later.</summary>
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

    /// <summary>The port of MariaDB; 0 where it was not started.</summary>
    public required int DatabasePort { get; init; }

    /// <summary>The environment that runs on a data folder, or the last that this user has started.</summary>
    /// <exception cref="LocalException">None runs.</exception>
    public static LocalState Find(string? dataFolder)
    {
        string file = dataFolder is null ? UserFile() : Path.Combine(dataFolder, FileName);
        return Read(file) is { } state && state.Runs()
            ? state
            : throw new LocalException($"No local environment runs{(dataFolder is null ? "" : $" on {dataFolder}")}. Start one with: billing local");
    }

    /// <summary>Writes it to the data folder and for the user.</summary>
    public void Write()
    {
        foreach (string file in (string[])[Path.Combine(DataFolder, FileName), UserFile()])
        {
            // Whole or not at all: others may read while this writes.
            string draft = file + string.Create(CultureInfo.InvariantCulture, $".{Environment.ProcessId}");
            File.WriteAllText(draft, JsonSerializer.Serialize(this, LocalJson.Default.LocalState));
            File.Move(draft, file, overwrite: true);
        }
    }

    /// <summary>Takes it away, where it is still this one's.</summary>
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

    // A folder of this user alone: in a common one another user could put a file that leads elsewhere.
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
