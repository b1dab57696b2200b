namespace Billing.Sinks.Dynamo.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_API_is_the_approved_one() =>
        Assert.Null(Golden.Difference(Repository.PathTo("src", "Billing.Sinks.Dynamo", "PublicApi.approved.txt"), PublicApi.Describe(typeof(DynamoSink).Assembly)));
}
