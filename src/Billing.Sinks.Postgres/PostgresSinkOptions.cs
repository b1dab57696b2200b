namespace Billing.Sinks.Postgres;

/// <summary>Options of <see cref="PostgresSink"/>.</summary>
public sealed class PostgresSinkOptions : SqlSinkOptions
{
    // PostgreSQL keeps capitals only in quotes, which people who write SQL leave out.
    internal override bool TakesCapitals => false;
}
