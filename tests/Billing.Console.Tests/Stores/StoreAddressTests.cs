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
    [InlineData("mysql://app@db.example:3307/billing", "mysql://app@db.example:3307/billing")]
    [InlineData("mysql://127.0.0.1/billing", "mysql://127.0.0.1/billing")]
    [InlineData("mysql://[::1]/billing", "mysql://[::1]/billing")]
    [InlineData("mysql://a%40b:p%3Aw%20d@127.0.0.1/my%20books?SslMode=None", "mysql://a%40b@127.0.0.1/my%20books?SSLMode=None", true)]
    [InlineData("mysql:Server=127.0.0.1;Port=3307;Database=billing;User ID=app;Password='p;w'", "mysql://app@127.0.0.1:3307/billing", true)]
    [InlineData("mysql:Host=db;Database=billing;Uid=app;Pwd=secret;CertificatePassword=secret", "mysql://app@db/billing", true)]
    public void A_database_of_MySQL_is_shown_as_it_can_be_given_again_without_its_password(string address, string shown, bool warns = false)
    {
        IStore store = StoreAddress.Parse(address);
        Assert.Equal((shown, true, true), (store.Address, store.IsKept, store.Exists));
        Assert.Equal(shown, StoreAddress.Parse(shown).Address);
        Assert.Equal(warns, store.Warning is not null);
    }

    [Theory]
    [InlineData("mysql:")]
    [InlineData("mysql://")]
    [InlineData("mysql://root:s3cret@/billing")]
    [InlineData("mysql://root:s3cret@db")]
    [InlineData("mysql://root:s3cret@db/")]
    [InlineData("mysql://root:s3/cret@db/billing")]
    [InlineData("mysql://root:s3#cret@db/billing")]
    [InlineData("mysql://root:s3cret@db/billing/records")]
    [InlineData("mysql://root:s3cret@db/billing?SslMode")]
    [InlineData("mysql:Password=s3cret;Database=billing")]
    [InlineData("mysql:Server=db;Password=s3cret")]
    [InlineData("mysql:s3cret")]
    [InlineData("mysqli://root:s3cret@db/billing")]
    [InlineData("Server=db;Password=s3cret")]
    public void What_is_wrong_with_an_address_of_MySQL_is_said_without_showing_it(string address)
    {
        string message = Assert.Throws<UsageException>(() => StoreAddress.Parse(address)).Message;
        Assert.Contains("Write it like", message, StringComparison.Ordinal);
        Assert.DoesNotContain("cret", message, StringComparison.Ordinal);
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
