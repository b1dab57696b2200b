namespace Billing.Occurrences;

/// <summary>A pool of the blocks that Bloom filters consist of. Blocks are reused, so memory is bounded whenever the garbage collector runs.</summary>
internal sealed class BloomBlocks
{
    // 64 KB: below the size from which the garbage collector does not move arrays.
    private const int WordsPerBlock = 8 * 1024;

    public const int BitsPerBlock = WordsPerBlock * 64;

    private readonly Stack<ulong[]> _free = new();

    public ulong[] Rent()
    {
        if (!_free.TryPop(out ulong[]? block))
        {
            return new ulong[WordsPerBlock];
        }

        Array.Clear(block);
        return block;
    }

    public void Return(ulong[] block) => _free.Push(block);
}
