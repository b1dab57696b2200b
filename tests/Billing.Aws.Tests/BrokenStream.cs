namespace Billing.Aws.Tests;

/// <summary>Gives some bytes, then breaks.</summary>
internal sealed class BrokenStream(byte[] bytes) : MemoryStream(bytes)
{
    public override int Read(byte[] buffer, int offset, int count) => Throwing(base.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => Throwing(base.Read(buffer));

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Throwing(await base.ReadAsync(buffer.AsMemory(offset, count), cancellationToken));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Throwing(await base.ReadAsync(buffer, cancellationToken));

    private static int Throwing(int read) => read > 0 ? read : throw new IOException("The connection was reset.");
}
