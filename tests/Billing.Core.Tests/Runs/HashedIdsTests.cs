using Billing.Runs;

namespace Billing.Core.Tests.Runs;

public sealed class HashedIdsTests
{
    [Fact]
    public void A_full_set_knows_the_first_and_takes_no_more()
    {
        HashedIds ids = new(1_000);
        Random random = new(3);
        ulong[] hashes = [0, .. Enumerable.Range(0, 2_999).Select(_ => (ulong)random.NextInt64())];
        Assert.All(hashes, hash => Assert.True(ids.Add(hash)));
        Assert.All(hashes[..1_000], hash => Assert.False(ids.Add(hash)));
        Assert.All(hashes[1_000..], hash => Assert.True(ids.Add(hash)));
    }
}
