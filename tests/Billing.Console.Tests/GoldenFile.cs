namespace Billing.Console.Tests;

/// <summary>The approved outputs beside these tests.</summary>
internal static class GoldenFile
{
    public static void Check(string name, string actual)
    {
        string? difference = Golden.Difference(Repository.PathTo("tests", "Billing.Console.Tests", "golden", name), actual);
        Assert.True(difference is null, difference);
    }
}
