namespace Billing.Docs.Tests;

/// <summary>Commands of the pages that other tests run, with the test that does.</summary>
internal static class Elsewhere
{
    private static readonly (string Begins, string RunBy)[] Covered =
    [
        ("dotnet add package ", "Billing.Packaging.Tests"),
        ("dotnet pack ", "Billing.Packaging.Tests"),
        ("dotnet tool install ", "Billing.Packaging.Tests"),
        ("mkdir ../first && cd ../first", "Billing.Packaging.Tests"),
        ("dotnet new console", "Billing.Packaging.Tests"),
        ("echo '<configuration>", "Billing.Packaging.Tests"),
        ("./test.sh", ".ci/run"),
        ("dotnet run --project samples/Billing.OwnSink ", "SampleProgramTests"),
        ("dotnet run -c Release --project samples/Billing.Web", "Billing.Web.Tests, KilledHostTests"),
        ("sqlite3 -header billing.db ", "Billing.Sinks.Sqlite.Tests reads the same view"),
        ("dotnet publish samples/Billing.Lambda ", "Billing.Lambda.Tests"),
        ("dotnet publish samples/Billing.Web.Client ", "Billing.Web.Browser.Tests publishes it with its host"),
        ("dotnet publish samples/Billing.Console ", "Billing.Packaging.Tests"),
        // What needs an AWS account is not run anywhere here; the templates are synthesised and checked by Billing.Infrastructure.Tests.
        ("(cd publish && zip ", ""),
        ("aws ", ""),
        ("billing seal --store ", "Billing.Console.Tests, SealTests"),
        ("billing verify sqlite:billing.db --head ", "Billing.Console.Tests, SealTests"),
        ("billing export audit ", "Billing.Console.Tests, AuditTests"),
        ("billing erase ", "Billing.Console.Tests, AuditTests"),
        ("python3 samples/audit/verify.py ", "Billing.Console.Tests, AuditTests"),
        ("billing local", "Billing.EndToEnd.Tests"),
        ("billing runs --store 'mysql://root@127.0.0.1:40751/", "Billing.Console.Tests, EveryStoreTests"),
        ("billing quarantine --store 'mysql://root@127.0.0.1:40751/", "Billing.Console.Tests, EveryStoreTests"),
    ];

    public static bool Covers(string command) => Covered.Any(covered => command.StartsWith(covered.Begins, StringComparison.Ordinal));
}
