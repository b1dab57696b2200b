namespace Billing.Sinks.Aurora.Tests.Faults;

/// <summary>A stream of equal lines that breaks after so many.</summary>
internal sealed class BreakingStream(byte[] line, int lines) : MemoryStream
{
    private int _left = lines;

    public override bool CanSeek => false;

    public override int Read(Span<byte> buffer)
    {
        if (_left-- <= 0)
        {
            throw new IOException("The source ended.");
        }

        line.CopyTo(buffer);
        return line.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));
}
