namespace Billing.Web.Records;

/// <summary>Refuses parameters of the address where a route reads none: one that is misspelt, or meant for another route, would say nothing. The others read them with a <see cref="QueryReader"/>.</summary>
internal static class ParameterGuard
{
    private static readonly object s_reads = new ReadsParameters();

    public static void Add(RouteGroupBuilder api) => api.AddEndpointFilter(async (context, next) =>
    {
        HttpContext http = context.HttpContext;
        if (http.Request.Query.Count > 0 && http.GetEndpoint()?.Metadata.GetMetadata<ReadsParameters>() is null)
        {
            new QueryReader(http.Request).Demand();
        }

        return await next(context);
    });

    /// <summary>Says that the route reads parameters, and refuses those that it does not know.</summary>
    public static RouteHandlerBuilder WithParameters(this RouteHandlerBuilder route) => route.WithMetadata(s_reads);

    private sealed class ReadsParameters;
}
