using Microsoft.Win32.SafeHandles;

namespace Billing.Sources;

/// <summary>Passes bytes on unchanged, and notes them: by the digests of their blocks and, if wanted, in a file.</summary>
/// <param name="file">The file, or null.</param>
internal sealed class NotedStream(Stream inner, BlockDigests digests, SafeFileHandle? file) : ReadOnlyStream(inner)
{
    public override int Read(Span<byte> buffer)
    {
        int read = Inner.Read(buffer);
        Note(buffer[..read], buffer.Length);
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await Inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Note(buffer.Span[..read], buffer.Length);
        return read;
    }

    private void Note(ReadOnlySpan<byte> bytes, int asked)
    {
        if (bytes.IsEmpty && asked > 0)
        {
            digests.Complete();
        }

        if (file is not null && !bytes.IsEmpty)
        {
            RandomAccess.Write(file, bytes, digests.Length);
        }

        digests.Add(bytes);
    }
}
