namespace Billing.Console.Commands;

/// <summary>This program as one of the functions: <c>billing local</c> starts it as Lambda starts them. No command of its users.</summary>
internal static class FunctionCommand
{
    private const string Name = "function";

    /// <summary>Whether the arguments ask for a function.</summary>
    public static bool IsMeant(IReadOnlyList<string> args) => args is ["local", Name];

    /// <summary>The command that starts this program as a function.</summary>
    public static IReadOnlyList<string> OfThisProgram()
    {
        string program = Environment.ProcessPath ?? throw new PlatformNotSupportedException("This platform does not report which program is running. Name the folder of the functions with --functions.");
        // Run as `dotnet billing.dll`, the program is dotnet.
        return Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, Environment.GetCommandLineArgs()[0], "local", Name] : [program, "local", Name];
    }
}
