using System.Data.Common;

namespace Billing.Sinks.Sql.Connections;

/// <summary>Where connections come from.</summary>
/// <param name="OpenAsync">Gives the data source, and another one when the server denies access to the first.</param>
/// <param name="Owns">Whether what it gives is disposed with the store.</param>
internal sealed record DataSourceOpener(Func<CancellationToken, ValueTask<DbDataSource>> OpenAsync, bool Owns)
{
    /// <summary>A data source that stays the caller's.</summary>
    public static DataSourceOpener Given(DbDataSource dataSource)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return new DataSourceOpener(_ => ValueTask.FromResult(dataSource), Owns: false);
    }

    /// <summary>A data source that is made on first use, and only once.</summary>
    public static DataSourceOpener Once(Func<DbDataSource> make)
    {
        DbDataSource? source = null;
        return new DataSourceOpener(_ => ValueTask.FromResult(source ??= make()), Owns: true);
    }

    /// <summary>A data source that is asked for again when access is denied.</summary>
    public static DataSourceOpener Renewed<T>(Func<CancellationToken, ValueTask<T>> open)
        where T : DbDataSource
    {
        ArgumentNullException.ThrowIfNull(open);
        return new DataSourceOpener(async cancellationToken => await open(cancellationToken).ConfigureAwait(false), Owns: true);
    }
}
