namespace Billing.Texts;

/// <summary>
/// A window over a stream. Every block is a fresh array that is never written again, since rows keep slices of it;
/// an unfinished record is carried to the next block, which grows if the record is larger than a block.
/// </summary>
internal sealed class Utf8Blocks
{
    /// <summary>The size of a block in bytes: below the limit of the large object heap.</summary>
    public const int DefaultBytes = 64 * 1024;

    private readonly Stream? _stream;
    private readonly int _blockBytes;

    /// <param name="stream">The bytes; a line break is added before them.</param>
    /// <param name="offset">The offset of the first byte in the source.</param>
    public Utf8Blocks(Stream stream, long offset, int blockBytes = DefaultBytes)
    {
        _stream = stream;
        _blockBytes = blockBytes;
        Buffer = "\n"u8.ToArray();
        End = 1;
        BaseOffset = offset - 1;
    }

    /// <summary>Creates a window over one record in memory.</summary>
    public Utf8Blocks(ReadOnlySpan<byte> record, long offset)
    {
        Buffer = [(byte)'\n', .. record];
        End = Buffer.Length;
        BaseOffset = offset - 1;
        IsFinal = true;
    }

    /// <summary>The block.</summary>
    public byte[] Buffer { get; private set; }

    /// <summary>Where the unread bytes begin. At first this is the added line break, so that every record has one before it.</summary>
    public int Position { get; set; }

    /// <summary>Where the bytes of the block end.</summary>
    public int End { get; private set; }

    /// <summary>Whether the source has no bytes after these.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>The offset of <see cref="Buffer"/>[0] in the source.</summary>
    public long BaseOffset { get; private set; }

    /// <summary>The unread bytes.</summary>
    public ReadOnlySpan<byte> Unread => Buffer.AsSpan(Position, End - Position);

    /// <summary>Carries the unread bytes, and the byte before them, to a new block, and fills it.</summary>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (IsFinal)
        {
            return;
        }

        int from = Math.Max(0, Position - 1);
        int carried = End - from;
        int size = Math.Max(_blockBytes, checked(2 * carried));
        byte[] next = GC.AllocateUninitializedArray<byte>(size);
        Buffer.AsSpan(from, carried).CopyTo(next);
        int read = await _stream!.ReadAtLeastAsync(next.AsMemory(carried), size - carried, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        IsFinal = read < size - carried;
        Buffer = next;
        End = carried + read;
        Position -= from;
        BaseOffset += from;
    }
}
