using Billing.Local.Secrets;

namespace Billing.Local.Tests;

public sealed class SecretsTests
{
    private readonly SecretsStore _store = new(TimeProvider.System);

    [Fact]
    public void The_last_version_is_the_current_one_and_the_one_before_stays()
    {
        SecretVersion first = _store.Put("db", "1");
        SecretVersion second = _store.Put("db", "2");
        Assert.Equal("2", _store.Get("db")!.Text);
        Assert.Equal("2", _store.Get(SecretsStore.ArnOf("db"))!.Text);
        Assert.Equal("1", _store.Get("db", stage: "AWSPREVIOUS")!.Text);
        Assert.Equal("1", _store.Get("db", first.Id)!.Text);
        Assert.Equal(["AWSCURRENT"], _store.StagesOf(second));
        Assert.Equal(["AWSPREVIOUS"], _store.StagesOf(first));
    }

    [Fact]
    public void The_same_token_again_adds_no_version()
    {
        Assert.Equal(_store.Put("db", "1", "token"), _store.Put("db", "1", "token"));
        Assert.Null(_store.Get("db", stage: "AWSPREVIOUS"));
    }

    [Fact]
    public void A_secret_that_is_not_there_is_none() => Assert.Null(_store.Get("other"));

    [Fact]
    public void A_version_does_not_print_its_text() => Assert.DoesNotContain("hidden", _store.Put("db", "hidden").ToString(), StringComparison.Ordinal);
}
