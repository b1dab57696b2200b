namespace Billing.Testing;

/// <summary>Public data sets that stand beside the repository, in ../shared/data. Tests of them are skipped, saying so, where the folder is not.</summary>
public static class SharedData
{
    /// <summary>Why such a test was left out.</summary>
    public const string Missing = "left out: ../shared/data is not beside this repository";

    /// <summary>Whether the folder is there.</summary>
    public static bool IsHere => Directory.Exists(Folder);

    private static string Folder => Repository.PathTo("..", "shared", "data");

    /// <summary>A path in the folder.</summary>
    public static string PathTo(params string[] parts) => Path.Combine([Folder, .. parts]);
}
