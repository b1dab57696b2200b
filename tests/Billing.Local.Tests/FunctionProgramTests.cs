using System.Diagnostics;
using Billing.Local.Functions;

namespace Billing.Local.Tests;

/// <summary>Which program the functions are.</summary>
public sealed class FunctionProgramTests
{
    [Fact]
    public void A_folder_of_published_functions_is_run_as_Lambda_would()
    {
        string folder = FolderWith(OperatingSystem.IsWindows() ? "bootstrap.exe" : "bootstrap", "Billing.Lambda.dll");
        ProcessStartInfo start = FunctionProgram.Find(new LocalOptions { FunctionsFolder = folder, FunctionCommand = ["billing", "local", "function"] }).ToStart();
        Assert.StartsWith(Path.Combine(folder, "bootstrap"), start.FileName, StringComparison.Ordinal);
        Assert.Empty(start.ArgumentList);
        Assert.Equal(folder, start.Environment["LAMBDA_TASK_ROOT"]);
    }

    [Fact]
    public void A_folder_of_built_functions_is_run_by_dotnet()
    {
        string folder = FolderWith("Billing.Lambda.dll");
        ProcessStartInfo start = FunctionProgram.Find(new LocalOptions { FunctionsFolder = folder }).ToStart();
        Assert.Equal("dotnet", start.FileName);
        Assert.Equal([Path.Combine(folder, "Billing.Lambda.dll")], start.ArgumentList);
    }

    [Fact]
    public void Without_a_folder_it_is_the_command_of_whoever_starts_the_environment()
    {
        ProcessStartInfo start = FunctionProgram.Find(new LocalOptions { FunctionCommand = ["billing", "local", "function"] }).ToStart();
        Assert.Equal("billing", start.FileName);
        Assert.Equal(["local", "function"], start.ArgumentList);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_not_there_is_told_with_how_to_make_it(bool names)
    {
        LocalException missing = Assert.Throws<LocalException>(() => FunctionProgram.Find(new LocalOptions { FunctionsFolder = names ? FolderWith() : null }));
        Assert.Contains("`dotnet publish samples/Billing.Lambda -c Release`", missing.Message, StringComparison.Ordinal);
    }

    private static string FolderWith(params string[] files)
    {
        string folder = Some.Folder();
        foreach (string file in files)
        {
            File.WriteAllText(Path.Combine(folder, file), "");
        }

        return folder;
    }
}
