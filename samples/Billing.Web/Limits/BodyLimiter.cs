using Billing.Web.Problems;

namespace Billing.Web.Limits;

/// <summary>Refuses bodies that are larger than their route takes, before and while they are read.</summary>
internal sealed class BodyLimiter(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        long most = context.GetEndpoint()?.Metadata.GetMetadata<BodyLimit>()?.Bytes ?? BodyLimit.Standard;
        if (context.Request.ContentLength > most)
        {
            throw new RefusedException(StatusCodes.Status413PayloadTooLarge, FormattableString.Invariant($"The body has {context.Request.ContentLength} bytes. Send at most {most}."));
        }

        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
        {
            server.MaxRequestBodySize = most;
        }

        context.Request.Body = new LimitedStream(context.Request.Body, most);
        await next(context);
    }
}
