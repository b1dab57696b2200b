namespace Billing.Generators;

/// <summary>Delivers messages to another output in batches, up to a rate.</summary>
/// <param name="output">The destination of the messages.</param>
/// <param name="batchSize">The most messages in one call, such as 10 for SQS.</param>
/// <param name="perSecond">The rate per second, or null for no limit.</param>
/// <param name="time">The clock.</param>
public sealed class PacedOutput(IMessageOutput output, int batchSize, int? perSecond, TimeProvider time)
{
    /// <summary>Delivers every message.</summary>
    /// <returns>The number of messages.</returns>
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
