using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Tests;

/// <summary>The OpenAPI document and docs/web-api.md list the routes that the host has, and no other.</summary>
public sealed partial class OpenApiTests
{
    [Fact]
    public async Task The_document_has_every_route_and_no_other()
    {
        await using WebHost host = new();
        using JsonDocument document = JsonDocument.Parse(await host.Page().GetStringAsync("/openapi/v1.json", WebHost.Cancellation));
        IEnumerable<string> described = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name.TrimEnd('/')}"));
        Assert.Equal(Routes(host).Select(route => $"{route.Method} {route.Pattern}").Order(), described.Order());
        foreach (JsonProperty path in document.RootElement.GetProperty("paths").EnumerateObject().Where(path => path.Name.StartsWith("/api/", StringComparison.Ordinal)))
        {
            Assert.All(path.Value.EnumerateObject(), method => Assert.NotEmpty(method.Value.GetProperty("responses").EnumerateObject()));
        }
    }

    [Fact]
    public async Task The_page_lists_every_route()
    {
        await using WebHost host = new(("urls", "http://0.0.0.0:1"));
        string page = await File.ReadAllTextAsync(Repository.PathTo("docs", "web-api.md"), WebHost.Cancellation);
        string[] listed = [.. Listed().Matches(page).Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}").Distinct()];
        string[] has = [.. Routes(host).Select(route => $"{route.Method} {route.Pattern}")];
        Assert.Empty(has.Except(listed));

        // Those of OpenID Connect are there only where it is set up.
        Assert.Empty(listed.Except(has).Except(["GET /sign-in", "POST /sign-out", "GET /openapi/v1.json"]));
    }

    internal static IReadOnlyList<(string Method, string Pattern, RouteEndpoint Endpoint)> Routes(WebHost host) =>
    [
        .. host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription != true)
            // The files of the page in a build that is not published: ASP.NET Core adds this route itself.
            .Where(endpoint => endpoint.RoutePattern.RawText != "{**path:file}")
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Select(method => (method, "/" + endpoint.RoutePattern.RawText!.Trim('/'), endpoint))),
    ];

    [GeneratedRegex("""`(GET|POST|PUT|PATCH|DELETE) (/[^`? ]+)""")]
    private static partial Regex Listed();
}
