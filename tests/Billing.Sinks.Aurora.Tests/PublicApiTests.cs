namespace Billing.Sinks.Aurora.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_API_is_the_approved_one() =>
        Assert.Null(Golden.Difference(Repository.PathTo("src", "Billing.Sinks.Aurora", "PublicApi.approved.txt"), PublicApi.Describe(typeof(AuroraSink).Assembly)));
}
