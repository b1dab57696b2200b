namespace Billing.Texts;

/// <summary>
/// A window over a stream. Every block is a fresh array that is never written again, since rows keep slices of it;
/// what a block could not finish is carried to the next one, which grows for a record that is larger than a block.
/// </summary>
internal sealed class Utf8Blocks
{
    /// <summary>The size of a block: below the limit of the large object heap.</summary>
    public const int DefaultBytes = 64 * 1024;

    private readonly Stream? _stream;
    private readonly int _blockBytes;

    /// <param name="stream">The bytes; they begin after a line break that is added.</param>
    /// <param name="offset">The offset of the first byte in the source.</param>
    public Utf8Blocks(Stream stream, long offset, int blockBytes = DefaultBytes)
    {
        _stream = stream;
        _blockBytes = blockBytes;
        Buffer = "\n"u8.ToArray();
        End = 1;
        BaseOffset = offset - 1;
    }

    /// <summary>One record in memory.</summary>
    public Utf8Blocks(ReadOnlySpan<byte> record, long offset)
    {
        Buffer = [(byte)'\n', .. record];
        End = Buffer.Length;
        BaseOffset = offset - 1;
        IsFinal = true;
    }

    /// <summary>The block.</summary>
    public byte[] Buffer { get; private set; }

    /// <summary>Where the bytes begin that are not used up. At the start it stands on the added line break, so that every record has one before it.</summary>
    public int Position { get; set; }

    /// <summary>Where the bytes of the block end.</summary>
    public int End { get; private set; }

    /// <summary>Whether the source has no more bytes than these.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>The offset of <see cref="Buffer"/>[0] in the source.</summary>
    public long BaseOffset { get; private set; }

    /// <summary>The bytes that are not used up.</summary>
    public ReadOnlySpan<byte> Unread => Buffer.AsSpan(Position, End - Position);

    /// <summary>Carries what is not used up, and the byte before it, to a new block, and fills that.</summary>
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
