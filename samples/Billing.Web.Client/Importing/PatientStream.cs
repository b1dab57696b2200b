namespace Billing.Web.Client.Importing;

/// <summary>Gives its bytes in small pieces, and lets others work between them.</summary>
internal sealed class PatientStream(byte[] bytes) : MemoryStream(bytes, writable: false)
{
    private const int PieceBytes = 32 * 1024;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position > 0)
        {
            await Task.Delay(1, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Read(buffer.Span[..Math.Min(buffer.Length, PieceBytes)]);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
}
