using System.Security.Cryptography;

namespace Billing.Sources;

/// <summary>Passes bytes on unchanged, counts them, and computes their SHA-256.</summary>
internal sealed class HashingStream(Stream inner) : ReadOnlyStream(inner)
{
    private const int DrainBytes = 64 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The number of bytes that were read so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The SHA-256 of all bytes in lower-case hexadecimal; null until the end was read.</summary>
    public string? Sha256Hex { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        int read = Inner.Read(buffer);
        Count(buffer[..read], buffer.Length);
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await Inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Count(buffer.Span[..read], buffer.Length);
        return read;
    }

    /// <summary>Reads the rest of the stream, so that the hash is that of the whole source.</summary>
    public ValueTask DrainAsync(CancellationToken cancellationToken) => DrainAsync(DrainBytes, cancellationToken);

    /// <summary>Reads the rest as above, in blocks of a given size.</summary>
    public async ValueTask DrainAsync(int blockBytes, CancellationToken cancellationToken)
    {
        if (Sha256Hex is not null)
        {
            return;
        }

        byte[] buffer = new byte[blockBytes];
        while (await ReadAsync(buffer, cancellationToken).ConfigureAwait(false) > 0)
        {
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Count(ReadOnlySpan<byte> bytes, int asked)
    {
        if (Sha256Hex is not null || asked == 0)
        {
            return;
        }

        if (bytes.IsEmpty)
        {
            Sha256Hex = Convert.ToHexStringLower(_hash.GetHashAndReset());
            return;
        }

        BytesRead += bytes.Length;
        _hash.AppendData(bytes);
    }
}
