using System.Data.Common;

namespace Billing.Sinks.Aurora.Tests.Faults;

/// <summary>A data source whose first connections fail.</summary>
public sealed class FaultySource(DbDataSource source, Func<Exception> fault, int faults) : DbDataSource
{
    private int _opened;

    /// <summary>How many connections were asked for.</summary>
    public int Opened => _opened;

    public override string ConnectionString => source.ConnectionString;

    protected override DbConnection CreateDbConnection() => Interlocked.Increment(ref _opened) <= faults ? throw fault() : source.CreateConnection();
}
