using System.Buffers.Binary;
using Billing.Fingerprints;
using Billing.Occurrences;

namespace Billing.Core.Tests.Occurrences;

[Trait("Culture", "independent")]
public sealed class BloomFilterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(200_000)]
    public void No_digest_is_denied_and_few_are_taken_for_another(int keys)
    {
        BloomFilter filter = new(keys, new BloomBlocks());
        for (int i = 0; i < keys; i++)
        {
            filter.Add(DigestOf(i));
        }

        for (int i = 0; i < keys; i++)
        {
            Assert.True(filter.MayHold(DigestOf(i)));
        }

        int wrong = 0;
        for (int i = 0; i < 100_000; i++)
        {
            wrong += filter.MayHold(DigestOf(-1 - i)) ? 1 : 0;
        }

        // The theory says 5.6 % for 6 bits per digest.
        Assert.InRange(wrong, 0, 6500);
    }

    [Fact]
    public void A_block_that_comes_back_is_empty_again()
    {
        BloomBlocks blocks = new();
        BloomFilter first = new(1, blocks);
        first.Add(DigestOf(1));
        first.Release(blocks);

        BloomFilter second = new(1, blocks);

        Assert.False(second.MayHold(DigestOf(1)));
    }

    private static Sha256Digest DigestOf(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return Sha256Digest.Of(bytes);
    }
}
