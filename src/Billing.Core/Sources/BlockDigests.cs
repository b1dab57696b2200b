using System.Security.Cryptography;

namespace Billing.Sources;

/// <summary>The SHA-256 of each block of a stream: 32 bytes of memory per MiB.</summary>
internal sealed class BlockDigests : IDisposable
{
    /// <summary>The size of every block but the last.</summary>
    public const int BlockBytes = 1 << 20;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<byte[]> _blocks = [];
    private int _inBlock;

    /// <summary>The number of bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Adds the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        while (!bytes.IsEmpty)
        {
            int count = Math.Min(bytes.Length, BlockBytes - _inBlock);
            _hash.AppendData(bytes[..count]);
            bytes = bytes[count..];
            _inBlock += count;
            if (_inBlock == BlockBytes)
            {
                End();
            }
        }
    }

    /// <summary>Ends the last block. Nothing can be added afterwards.</summary>
    public void Complete()
    {
        if (_inBlock > 0)
        {
            End();
        }
    }

    /// <summary>Whether a whole block has the bytes that were added at its place.</summary>
    public bool IsSame(int block, ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return block < _blocks.Count && digest.SequenceEqual(_blocks[block]);
    }

    public void Dispose() => _hash.Dispose();

    private void End()
    {
        _blocks.Add(_hash.GetHashAndReset());
        _inBlock = 0;
    }
}
