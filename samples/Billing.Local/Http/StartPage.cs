using System.Net;
using System.Text;
using Billing.Local.Systems;

namespace Billing.Local.Http;

/// <summary>The page at <c>/</c> of a local API, which lists its routes.</summary>
internal static class StartPage
{
    public static string Of(string name, IReadOnlyList<RouteDefinition> routes, Uri? site)
    {
        StringBuilder page = new();
        page.Append("<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>").Append(WebUtility.HtmlEncode(name)).Append("</title>\n<body>\n<h1>Billing on this machine: ").Append(WebUtility.HtmlEncode(name)).Append("</h1>\n<ul>\n");
        foreach (RouteDefinition route in routes)
        {
            string key = WebUtility.HtmlEncode(route.Key);
            // Only a route that a browser can open as it is becomes a link.
            page.Append("<li><code>").Append(route.Method == "GET" && !route.Path.Contains('{', StringComparison.Ordinal) ? $"<a href=\"{WebUtility.HtmlEncode(route.Path)}\">{key}</a>" : key)
                .Append("</code>, by the function ").Append(WebUtility.HtmlEncode(route.Function)).Append("</li>\n");
        }

        page.Append("</ul>\n<p>").Append(site is null
            ? "The page is not served: docs/local.md says how to make it."
            : $"The page: <a href=\"{site.AbsoluteUri}\">{site.AbsoluteUri}</a>").Append("</p>\n");
        return page.Append("<p>This page exists only locally. docs/lambda.md describes each request and response.</p>\n</body></html>\n").ToString();
    }
}
