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
    [InlineData("dynamodb:billing")]
    [InlineData("dynamodb:billing?region=eu-west-1")]
    [InlineData("dynamodb:billing?endpoint=http://127.0.0.1:8000")]
    [InlineData("dynamodb:billing?region=eu-west-1&endpoint=https://dynamodb.example")]
    public void A_table_of_DynamoDB_is_kept_and_whether_it_is_there_is_known_when_it_is_asked(string address)
    {
        IStore store = StoreAddress.Parse(address);
        Assert.Equal((address, true, true), (store.Address, store.IsKept, store.Exists));
    }

    [Theory]
    [InlineData("dynamodb:")]
    [InlineData("dynamodb:?region=eu-west-1")]
    [InlineData("dynamodb:billing?region=")]
    [InlineData("dynamodb:billing?zone=eu-west-1")]
    [InlineData("dynamodb:billing?endpoint=somewhere")]
    [InlineData("dynamodb:billing?endpoint=ftp://127.0.0.1")]
    [InlineData("sqlite:")]
    [InlineData("sqlite")]
    [InlineData("SQLITE:x")]
    [InlineData("memory:x")]
    [InlineData("billing.db")]
    [InlineData("")]
    public void Anything_else_is_wrong_usage_that_shows_how(string address) =>
        Assert.Contains("Write it like", Assert.Throws<UsageException>(() => StoreAddress.Parse(address)).Message, StringComparison.Ordinal);
}
