namespace Billing.Sinks.Postgres;

/// <summary>Options of <see cref="PostgresSink"/>.</summary>
public sealed class PostgresSinkOptions : SqlSinkOptions
{
    // PostgreSQL keeps capital letters only in quoted names, and people who write SQL leave the quotes out.
    internal override bool TakesCapitals => false;
}
