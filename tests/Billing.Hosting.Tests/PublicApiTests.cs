namespace Billing.Hosting.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_API_is_the_approved_one() =>
        Assert.Null(Golden.Difference(Repository.PathTo("src", "Billing.Hosting", "PublicApi.approved.txt"), PublicApi.Describe(typeof(BillingSettings).Assembly)));
}
