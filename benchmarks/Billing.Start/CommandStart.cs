using System.Diagnostics;
using System.Globalization;

namespace Billing.Start;

/// <summary>Whole runs of the command, each with a file of one row that is new. The row is stored a moment before the process ends, so the time is an upper bound.</summary>
internal sealed class CommandStart : IDisposable
{
    private const string Header = "id,company_name,country,city,product_line,item,bill_date,currency,bill_amount";
    private readonly string _command;
    private readonly string _folder = Directory.CreateTempSubdirectory("billing-start-").FullName;
    private readonly string _existing;
    private int _row;

    public CommandStart(string command)
    {
        _command = command;
        _existing = Path.Combine(_folder, "existing.db");
        string many = Path.Combine(_folder, "many.csv");
        Run(command, "generate", "csv", "--rows", "10000", "--seed", "1", "--out", many);
        Run(command, "ingest", many, "--rates", "CAD=0.75,MXN=0.059", "--to", "sqlite:" + _existing, "--json");
    }

    public static double OfNothing() => Run("true");

    public double IntoNewFile() => Ingest(Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{_row}.db")));

    public double IntoExistingFile() => Ingest(_existing);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private double Ingest(string database)
    {
        string file = Path.Combine(_folder, "one.csv");
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"{Header}\n{++_row},Acme,Canada,Montréal,Bakery,Bread,2025-06-17,USD,{_row}.25\n"));
        return Run(_command, "ingest", file, "--to", "sqlite:" + database, "--json");
    }

    private static double Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        double elapsed = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        return process.ExitCode == 0 && (arguments is not ["ingest", ..] || output.Contains("\"stored\": 1", StringComparison.Ordinal)) ? elapsed : throw new InvalidOperationException(output);
    }
}
