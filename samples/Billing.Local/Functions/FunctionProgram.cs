using System.Diagnostics;

namespace Billing.Local.Functions;

/// <summary>The executable of all functions.</summary>
internal sealed class FunctionProgram
{
    private const string Setting = "BILLING_FUNCTIONS";

    // The names of the published program for Lambda, and of the built one.
    private const string Native = "bootstrap";
    private const string Assembly = "Billing.Lambda.dll";

    private readonly IReadOnlyList<string> _command;
    private readonly string? _folder;

    private FunctionProgram(IReadOnlyList<string> command, string? folder)
    {
        _command = command;
        _folder = folder;
    }

    /// <exception cref="LocalException">The given folder holds no functions, or no folder is given and this program does not run functions itself.</exception>
    public static FunctionProgram Find(LocalOptions options)
    {
        string stated = options.FunctionsFolder ?? Environment.GetEnvironmentVariable(Setting) ?? "";
        if (stated.Length == 0)
        {
            return options.FunctionCommand is { Count: > 0 } command
                ? new FunctionProgram(command, null)
                : throw new LocalException($"The functions were not found. Run `dotnet publish samples/Billing.Lambda -c Release`, and name its output folder with --functions or in {Setting}.");
        }

        string folder = Path.GetFullPath(stated);
        string native = Path.Combine(folder, OperatingSystem.IsWindows() ? Native + ".exe" : Native);
        string assembly = Path.Combine(folder, Assembly);
        return File.Exists(native) ? new FunctionProgram([native], folder)
            : File.Exists(assembly) ? new FunctionProgram(["dotnet", assembly], folder)
            : throw new LocalException($"The folder {stated} contains neither {Native} nor {Assembly}. Name the output folder of `dotnet publish samples/Billing.Lambda -c Release`.");
    }

    public ProcessStartInfo ToStart()
    {
        ProcessStartInfo start = new(_command[0], _command.Skip(1));
        if (_folder is not null)
        {
            start.WorkingDirectory = _folder;
            start.Environment["LAMBDA_TASK_ROOT"] = _folder;
        }

        return start;
    }
}
