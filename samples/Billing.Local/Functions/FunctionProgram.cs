using System.Diagnostics;

namespace Billing.Local.Functions;

/// <summary>The executable of all functions.</summary>
internal sealed class FunctionProgram
{
    private const string Assembly = "Billing.Lambda.dll";
    private const string Setting = "BILLING_FUNCTIONS";

    private readonly string _folder;

    private FunctionProgram(string folder) => _folder = folder;

    /// <param name="folder">Its folder; null to look for it where builds put it.</param>
    /// <exception cref="LocalException">It is not there.</exception>
    public static FunctionProgram Find(string? folder)
    {
        string stated = folder ?? Environment.GetEnvironmentVariable(Setting) ?? "";
        if (stated.Length > 0)
        {
            return File.Exists(Path.Combine(stated, Assembly))
                ? new FunctionProgram(Path.GetFullPath(stated))
                : throw new LocalException($"The folder {stated} holds no {Assembly}. Name the folder of the built functions.");
        }

        string here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string[] places = [Path.Combine(here, "functions"), Path.GetFullPath(Path.Combine(here, "..", "..", "Billing.Lambda", Path.GetFileName(here)))];
        return places.FirstOrDefault(place => File.Exists(Path.Combine(place, Assembly))) is { } found
            ? new FunctionProgram(found)
            : throw new LocalException($"The functions are not there. Build them with: dotnet build samples/Billing.Lambda; or name the folder of {Assembly} with --functions, or in {Setting}.");
    }

    public ProcessStartInfo ToStart()
    {
        string host = Path.Combine(_folder, Path.GetFileNameWithoutExtension(Assembly));
        ProcessStartInfo start = File.Exists(host) ? new(host) : new("dotnet", [Path.Combine(_folder, Assembly)]);
        start.WorkingDirectory = _folder;
        start.Environment["LAMBDA_TASK_ROOT"] = _folder;
        return start;
    }
}
