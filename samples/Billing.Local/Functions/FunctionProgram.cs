using System.Diagnostics;

namespace Billing.Local.Functions;

/// <summary>The executable of all functions.</summary>
internal sealed class FunctionProgram
{
    private const string Setting = "BILLING_FUNCTIONS";

    // As they are published for Lambda; and as they are built.
    private const string Native = "bootstrap";
    private const string Assembly = "Billing.Lambda.dll";

    private readonly IReadOnlyList<string> _command;
    private readonly string? _folder;

    private FunctionProgram(IReadOnlyList<string> command, string? folder)
    {
        _command = command;
        _folder = folder;
    }

    /// <exception cref="LocalException">The folder that is stated holds none, or none is stated and this program runs none itself.</exception>
    public static FunctionProgram Find(LocalOptions options)
    {
        string stated = options.FunctionsFolder ?? Environment.GetEnvironmentVariable(Setting) ?? "";
        if (stated.Length == 0)
        {
            return options.FunctionCommand is { Count: > 0 } command
                ? new FunctionProgram(command, null)
                : throw new LocalException($"The functions are not there. Name the folder that `dotnet publish samples/Billing.Lambda -c Release` made with --functions, or in {Setting}.");
        }

        string folder = Path.GetFullPath(stated);
        string native = Path.Combine(folder, OperatingSystem.IsWindows() ? Native + ".exe" : Native);
        string assembly = Path.Combine(folder, Assembly);
        return File.Exists(native) ? new FunctionProgram([native], folder)
            : File.Exists(assembly) ? new FunctionProgram(["dotnet", assembly], folder)
            : throw new LocalException($"The folder {stated} holds neither {Native} nor {Assembly}. Name the folder that `dotnet publish samples/Billing.Lambda -c Release` made.");
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
