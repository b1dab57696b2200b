using BenchmarkDotNet.Running;
using Billing.Benchmarks;

// `sqlite [rows]`, `dynamo ENDPOINT [rows]` and `aurora CONNECTIONSTRING|start [rows]` compare whole ingestions side by side; anything else is for BenchmarkDotNet.
if (args is ["sqlite", .. string[] rest])
{
    await SqliteComparison.RunAsync(rest is [string rows] ? int.Parse(rows, System.Globalization.CultureInfo.InvariantCulture) : 1_000_000);
    return;
}

if (args is ["dynamo", string endpoint, .. string[] more])
{
    await DynamoComparison.RunAsync(endpoint, more is [string rows] ? int.Parse(rows, System.Globalization.CultureInfo.InvariantCulture) : 20_000);
    return;
}

if (args is ["aurora", string server, .. string[] last])
{
    await AuroraComparison.RunAsync(server, last is [string rows] ? int.Parse(rows, System.Globalization.CultureInfo.InvariantCulture) : 200_000);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(StageBenchmarks).Assembly).Run(args);
