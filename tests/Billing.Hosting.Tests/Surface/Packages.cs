using System.Reflection;
using Billing.Aws;
using Billing.Sinks.Aurora;
using Billing.Sinks.Dynamo;
using Billing.Sinks.Postgres;
using Billing.Sinks.Sql;
using Billing.Sinks.Sqlite;

namespace Billing.Hosting.Tests.Surface;

/// <summary>The packages, and their public types.</summary>
internal static class Packages
{
    /// <summary>The core, receipts and the stores.</summary>
    public static Assembly[] Stores { get; } =
    [
        typeof(BillingPipeline).Assembly, typeof(Receipt).Assembly, typeof(SqlStore).Assembly, typeof(SqliteSink).Assembly, typeof(AuroraSink).Assembly, typeof(DynamoSink).Assembly, typeof(PostgresSink).Assembly,
    ];

    public static Assembly[] All { get; } = [.. Stores, typeof(AwsConnection).Assembly, typeof(BillingSettings).Assembly];

    /// <summary>The public types of which there can be an object that is no exception.</summary>
    public static Type[] ObjectsOf(IEnumerable<Assembly> assemblies) => [.. assemblies.SelectMany(assembly => assembly.GetExportedTypes())
        .Where(type => !type.IsInterface && !type.IsAbstract && !type.IsSubclassOf(typeof(Exception)))];

    public static Type[] Options { get; } = [.. ObjectsOf(All).Where(IsOptions)];

    public static bool IsOptions(Type type) => type.Name.EndsWith("Options", StringComparison.Ordinal);
}
