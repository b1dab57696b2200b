using Billing.Web.Records;
using Microsoft.AspNetCore.Routing.Template;

namespace Billing.Web.Problems;

/// <summary>Answers what comes to no route under <c>/api</c>, by any method: the page does not take its place. Where there is a route of another method, it says which.</summary>
internal sealed class UnknownRoutes(RequestDelegate next, EndpointDataSource routes)
{
    private static readonly string[] s_ofThePage = ["GET", "HEAD"];

    public static void Map(RouteGroupBuilder api) => api.MapMethods("/{**rest}", s_ofThePage, Answer).WithParameters().ExcludeFromDescription();

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);

        // Routing says this of every path, since the files of the page are at any.
        if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed } && context.Request.Path.StartsWithSegments("/api"))
        {
            Answer(context, routes);
        }
    }

    private static void Answer(HttpContext context, EndpointDataSource routes)
    {
        string[] methods = [.. routes.Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.Parameters.All(parameter => !parameter.IsCatchAll) && new TemplateMatcher(new RouteTemplate(route.RoutePattern), []).TryMatch(context.Request.Path, []))
            .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
            .Distinct().Order(StringComparer.Ordinal)];
        context.Response.StatusCode = methods.Length == 0 ? StatusCodes.Status404NotFound : StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = methods.Length == 0 ? default : string.Join(", ", methods);
    }
}
