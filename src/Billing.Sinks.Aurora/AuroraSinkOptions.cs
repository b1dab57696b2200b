namespace Billing.Sinks.Aurora;

/// <summary>Options of <see cref="AuroraSink"/>.</summary>
public sealed class AuroraSinkOptions : SqlSinkOptions
{
    /// <summary>
    /// Whether batches are loaded from memory with <c>LOAD DATA LOCAL INFILE</c>, if the server (<c>local_infile</c>) and the connection string
    /// (<c>AllowLoadLocalInfile</c>) allow it. Otherwise they are inserted with parameters, with the same outcomes. Default true.
    /// </summary>
    public bool UseLocalInfile { get; set; } = true;

    /// <summary>The smallest number of rows that are loaded with <c>LOAD DATA</c>; with fewer, it costs more than it saves.</summary>
    internal int FewestRowsForBulk { get; set; } = 200;

    internal AuroraSinkOptions Checked() => Checked<AuroraSinkOptions>();
}
