namespace Billing.Sinks.Aurora;

/// <summary>Options of <see cref="AuroraSink"/>.</summary>
public sealed class AuroraSinkOptions : SqlSinkOptions
{
    /// <summary>
    /// Whether batches are loaded by <c>LOAD DATA LOCAL INFILE</c>, from memory, where server (<c>local_infile</c>) and connection string
    /// (<c>AllowLoadLocalInfile</c>) allow that; elsewhere they are inserted by parameters, with the same outcomes. Default true.
    /// </summary>
    public bool UseLocalInfile { get; set; } = true;

    /// <summary>The fewest rows that go by <c>LOAD DATA</c>: below this, it costs more than it saves.</summary>
    internal int FewestRowsForBulk { get; set; } = 200;

    internal AuroraSinkOptions Checked() => Checked<AuroraSinkOptions>();
}
