using Billing.Local.Systems;

namespace Billing.Local.Tests;

public sealed class RouteTests
{
    private static readonly RouteDefinition s_route = new("GET", "/reports/{month}", "expenses-api");

    [Fact]
    public void A_path_gives_its_parameters_decoded() => Assert.Equal("2025 06", s_route.Match("/reports/2025%2006")!["month"]);

    [Fact]
    public void The_routes_are_those_that_are_documented() => Assert.Equal(
        DocumentedRoutes.All.Order(),
        Deployment.ReceiptsRoutes.Concat(Deployment.TransactionsRoutes).Concat(Deployment.ExpensesRoutes).Select(route => (route.Function, route.Key)).Order());

    [Theory]
    [InlineData("/reports")]
    [InlineData("/reports/2025-06/more")]
    [InlineData("/report/2025-06")]
    [InlineData("/")]
    public void Another_path_is_not_its_own(string path) => Assert.Null(s_route.Match(path));
}
