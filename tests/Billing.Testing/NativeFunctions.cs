using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Billing.Testing;

/// <summary>The functions as they are deployed: published natively. The first test that asks pays for it; the next, in any process, finds it done.</summary>
public static class NativeFunctions
{
    private static readonly Lazy<string> s_folder = new(Publish, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>The platform of this machine, as publishing names it.</summary>
    public static string Platform { get; } =
        $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>The folder that publishing made.</summary>
    public static string Folder => s_folder.Value;

    /// <summary>The executable.</summary>
    public static string Program => Path.Combine(Folder, OperatingSystem.IsWindows() ? "bootstrap.exe" : "bootstrap");

    private static string Publish()
    {
        // Projects of tests may run side by side; publishing twice into one folder may not.
        string marker = Path.Combine(Directory.CreateDirectory(Repository.PathTo("artifacts", "publish")).FullName, "functions.lock");
        using FileStream alone = Alone(marker);
        ProcessStartInfo start = new("dotnet", ["publish", "samples/Billing.Lambda", "-c", "Release", "-r", Platform, "--nologo", "-v", "quiet", "-p:RunAnalyzers=false"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? Repository.PathTo("artifacts", "publish", "Billing.Lambda", $"release_{Platform}")
            : throw new InvalidOperationException($"The functions could not be published. Native compilation needs clang and the headers of zlib (zlib1g-dev); ./test.sh installs them.\n{output}\n{error.Result}");
    }

    private static FileStream Alone(string file)
    {
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(file))
            {
                Thread.Sleep(TimeSpan.FromSeconds(1));
            }
        }
    }
}
