namespace Billing.Occurrences;

/// <summary>The blocks that Bloom filters are made of, used again and again: the memory is bounded whenever the collector comes.</summary>
internal sealed class BloomBlocks
{
    // 64 KB: below the size from which an array is never moved.
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
