using Amazon.Runtime;

namespace Billing.Console.Stores;

/// <summary>Credentials for emulators on this machine: they take any, and some name their data by them.</summary>
internal static class EmulatorCredentials
{
    /// <summary>The region that emulators are in where nothing else is said.</summary>
    public static string Region => Environment.GetEnvironmentVariable("AWS_REGION") ?? Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION") ?? "us-east-1";

    /// <summary>Those for an address of this machine, unless the environment has some; null for any other.</summary>
    public static AWSCredentials? For(Uri address) =>
        address.IsLoopback && Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID") is null ? new BasicAWSCredentials("local", "local") : null;
}
