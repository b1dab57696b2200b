namespace Billing.Generators;

/// <summary>Delivers to another output in batches, no faster than a rate.</summary>
/// <param name="output">Where the messages go.</param>
/// <param name="batchSize">The most messages of one call, such as 10 for SQS.</param>
/// <param name="perSecond">The rate, or null for as fast as it goes.</param>
/// <param name="time">The clock.</param>
public sealed class PacedOutput(IMessageOutput output, int batchSize, int? perSecond, TimeProvider time)
{
    /// <summary>Delivers every message.</summary>
    /// <returns>Their number.</returns>
    public async Task<long> WriteAsync(IEnumerable<string> messages, CancellationToken cancellationToken)
    {
        Pace pace = new(perSecond, time);
        long written = 0;
        foreach (string[] batch in messages.Chunk(batchSize))
        {
            await pace.WaitAsync(written, cancellationToken);
            await output.WriteAsync(batch, cancellationToken);
            written += batch.Length;
        }

        return written;
    }
}
