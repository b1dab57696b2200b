using BenchmarkDotNet.Running;
using Billing.Benchmarks;

// `sqlite [rows]` compares whole ingestions side by side; anything else is for BenchmarkDotNet.
if (args is ["sqlite", .. string[] rest])
{
    await SqliteComparison.RunAsync(rest is [string rows] ? int.Parse(rows, System.Globalization.CultureInfo.InvariantCulture) : 1_000_000);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(StageBenchmarks).Assembly).Run(args);
