using Billing.Simulation.Tests.Ledgers;
using Billing.Simulation.Tests.Schedules;

namespace Billing.Simulation.Tests.Runs;

/// <summary>Gives bytes as a network or a disk may: few at a time, or not all.</summary>
internal sealed class SimulatedStream(byte[] bytes, Arrival arrival) : Stream
{
    private readonly Random _random = new(arrival.Detail);
    private readonly int _breaksAt = arrival.Kind == ArrivalKind.Breaks ? (int)((long)bytes.Length * arrival.Detail / 1000) : int.MaxValue;
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_position >= _breaksAt)
        {
            throw new SimulatedFailureException("The source breaks off.");
        }

        int most = Math.Min(buffer.Length, Math.Min(bytes.Length, _breaksAt) - _position);
        int count = arrival.Kind switch
        {
            ArrivalKind.OneByteAtATime => Math.Min(most, 1),
            ArrivalKind.Short when most > 1 => _random.Next(1, most),
            _ => most,
        };
        bytes.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (arrival.Kind == ArrivalKind.Short && _random.Next(8) == 0)
        {
            await Task.Yield();
        }

        return Read(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
