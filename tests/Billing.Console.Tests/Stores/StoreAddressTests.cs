using Billing.Console.Stores;

namespace Billing.Console.Tests.Stores;

public sealed class StoreAddressTests
{
    [Theory]
    [InlineData("sqlite:billing.db", true)]
    [InlineData("sqlite:C:\\data\\billing.db", true)]
    [InlineData("memory:", false)]
    public void An_address_can_be_given_again_as_it_is_shown(string address, bool isKept)
    {
        IStore store = StoreAddress.Parse(address);
        Assert.Equal((address, isKept, false), (store.Address, store.IsKept, store.Exists));
    }

    [Theory]
    [InlineData("sqlite:")]
    [InlineData("sqlite")]
    [InlineData("SQLITE:x")]
    [InlineData("memory:x")]
    [InlineData("billing.db")]
    [InlineData("")]
    public void Anything_else_is_wrong_usage_that_shows_how(string address) =>
        Assert.Contains("Write it like", Assert.Throws<UsageException>(() => StoreAddress.Parse(address)).Message, StringComparison.Ordinal);
}
