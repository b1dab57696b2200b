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
        long started = time.GetTimestamp();
        long written = 0;
        foreach (string[] batch in messages.Chunk(batchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();

            // From the start, not from the batch before: what was late is caught up.
            if (perSecond is { } rate && new TimeSpan(TimeSpan.TicksPerSecond * written / rate) - time.GetElapsedTime(started) is { Ticks: > 0 } early)
            {
                await Task.Delay(early, time, cancellationToken);
            }

            await output.WriteAsync(batch, cancellationToken);
            written += batch.Length;
        }

        return written;
    }
}
