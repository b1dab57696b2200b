using Billing.Sinks.Sql;

namespace Billing.Sinks.Postgres.Tests;

public sealed class PublicApiTests
{
    [Theory]
    [InlineData(typeof(PostgresSink))]
    [InlineData(typeof(SqlStore))]
    public void The_public_API_is_the_approved_one(Type one) =>
        Assert.Null(Golden.Difference(Repository.PathTo("src", one.Assembly.GetName().Name!, "PublicApi.approved.txt"), PublicApi.Describe(one.Assembly)));
}
