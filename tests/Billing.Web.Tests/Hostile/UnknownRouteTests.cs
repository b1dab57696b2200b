using System.Net;
using Billing.Web.Contracts;

namespace Billing.Web.Tests.Hostile;

/// <summary>What is no route is missing, whatever the method; what is one says which method it takes. The page never takes the place of a route.</summary>
public sealed class UnknownRouteTests
{
    [Theory]
    [InlineData("/api/nothing")]
    [InlineData("/api/months/2025-06/nothing/more")]
    [InlineData("/api")]
    [InlineData("/API/nothing.json")]
    public async Task An_unknown_route_is_not_found_by_any_method(string path)
    {
        await using WebHost host = new();
        foreach (string method in (string[])["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"])
        {
            ProblemReply problem = await WebHost.SendAsync<ProblemReply>(host.Page(), new HttpMethod(method), path, null, 404);
            Assert.Equal(("There is no such route. docs/web-api.md lists them.", 404), (problem.Detail, problem.Status));
        }

        using HttpResponseMessage head = await WebHost.AskAsync(host.Page(), HttpMethod.Head, path);
        Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
    }

    [Fact]
    public async Task A_route_says_which_methods_it_takes_and_which_content()
    {
        await using WebHost host = new();
        foreach (HttpMethod method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Head])
        {
            using HttpResponseMessage wrong = await WebHost.AskAsync(host.Page(), method, "/api/rules");
            Assert.Equal((HttpStatusCode.MethodNotAllowed, "GET, PUT"), (wrong.StatusCode, string.Join(", ", wrong.Content.Headers.Allow.Order())));
            Assert.Equal("application/problem+json", wrong.Content.Headers.ContentType?.MediaType);
        }

        using StringContent text = new("{}");
        await WebHost.SendAsync<ProblemReply>(host.Page(), HttpMethod.Post, "/api/rules/try", text, 415);
    }

    [Fact]
    public async Task Nobody_learns_without_signing_in_which_routes_there_are()
    {
        await using WebHost host = new(("urls", "http://0.0.0.0:1"));
        await WebHost.SendAsync<ProblemReply>(host.Page(), HttpMethod.Post, "/api/nothing", null, 401);
    }

    [Fact]
    public async Task The_pages_of_the_page_are_the_page()
    {
        await using WebHost host = new();
        foreach (string path in (string[])["/expenses-of-june", "/apis", "/months/2025-06-"])
        {
            using HttpResponseMessage page = await WebHost.AskAsync(host.Page(), HttpMethod.Get, path);
            Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        }
    }
}
