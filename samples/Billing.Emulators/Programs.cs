namespace Billing.Emulators;

/// <summary>Finds programs on this machine.</summary>
internal static class Programs
{
    private static readonly string[] s_folders = ["/usr/sbin", "/usr/bin", "/usr/local/bin", "/usr/local/sbin"];

    /// <summary>Returns the path of a program, or null if it was not found.</summary>
    public static string? Find(string program) =>
        s_folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    /// <summary>Returns the path of a program.</summary>
    /// <exception cref="EmulatorException">The program was not found.</exception>
    public static string Need(string program, string remedy) => Find(program) ?? throw new EmulatorException($"{program} was not found. {remedy}");

    /// <summary>Returns the folder of what test.sh installs, or the one that a variable names.</summary>
    public static string Installed(string variable, params ReadOnlySpan<string> folders) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } folder ? folder
        : Path.Combine([Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "billing-tests", .. folders]);
}
