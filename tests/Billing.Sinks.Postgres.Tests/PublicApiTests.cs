namespace Billing.Sinks.Postgres.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_API_is_the_approved_one() =>
        Assert.Null(Golden.Difference(Repository.PathTo("src", "Billing.Sinks.Postgres", "PublicApi.approved.txt"), PublicApi.Describe(typeof(PostgresSink).Assembly)));
}
