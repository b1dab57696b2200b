using System.Text.RegularExpressions;

namespace Billing.Core.Tests.HouseRules;

/// <summary>What ships compiles to native code, and no warning that says otherwise is silenced.</summary>
public sealed class NativeRuleTests
{
    // The packages state it once, in src/Directory.Build.props; of the samples these are part of the command and the functions.
    private static readonly string[] s_stated =
    [
        "src/Directory.Build.props", "samples/Billing.Console/Billing.Console.csproj", "samples/Billing.Emulators/Billing.Emulators.csproj", "samples/Billing.Generators/Billing.Generators.csproj",
        "samples/Billing.Lambda/Billing.Lambda.csproj", "samples/Billing.Local/Billing.Local.csproj",
    ];

    [Fact]
    public void What_ships_is_checked_for_native_compilation() =>
        Assert.All(s_stated, file => Assert.Contains("<IsAotCompatible>true</IsAotCompatible>", File.ReadAllText(Repository.PathTo(file)), StringComparison.Ordinal));

    [Fact]
    public void No_warning_of_trimming_or_native_compilation_is_silenced()
    {
        string[] found = [.. ((string[])["src", "samples"]).SelectMany(folder => Directory.EnumerateFiles(Repository.PathTo(folder), "*.*", SearchOption.AllDirectories))
            .Append(Repository.PathTo("Directory.Build.props")).Append(Repository.PathTo(".editorconfig"))
            .Where(file => Path.GetExtension(file) is ".cs" or ".csproj" or ".props" or ".targets" or ".editorconfig")
            .Where(file => Regex.IsMatch(File.ReadAllText(file), @"UnconditionalSuppressMessage|\bIL[23]\d{3}\b|SuppressTrimAnalysisWarnings|RequiresUnreferencedCode|RequiresDynamicCode"))
            .Select(file => Path.GetRelativePath(Repository.Root, file))];
        Assert.Empty(found);
    }
}
