namespace Billing.Emulators;

/// <summary>Finds programs of this machine.</summary>
internal static class Programs
{
    private static readonly string[] s_folders = ["/usr/sbin", "/usr/bin", "/usr/local/bin", "/usr/local/sbin"];

    /// <summary>The path of a program, or null where there is none.</summary>
    public static string? Find(string program) =>
        s_folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    /// <summary>The path of a program.</summary>
    /// <exception cref="EmulatorException">There is none.</exception>
    public static string Need(string program, string remedy) => Find(program) ?? throw new EmulatorException($"{program} is not there. {remedy}");

    /// <summary>The folder that holds what test.sh installs, or the one that a variable names.</summary>
    public static string Installed(string variable, params ReadOnlySpan<string> folders) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } folder ? folder
        : Path.Combine([Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "billing-tests", .. folders]);
}
