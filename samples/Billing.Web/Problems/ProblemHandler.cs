using System.Text.Json;

namespace Billing.Web.Problems;

/// <summary>Answers every failure with a problem document. What a request contained is never logged, and what a store says never leaves the host.</summary>
internal sealed class ProblemHandler(RequestDelegate next, ILogger<ProblemHandler> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
            {
                await Problem.WriteAsync(context, context.Response.StatusCode, WordsOf(context.Response.StatusCode));
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            Log.RequestAborted(logger, context.TraceIdentifier);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, e);
        }
    }

    private async Task AnswerAsync(HttpContext context, Exception exception)
    {
        context.Response.Clear();
        switch (exception)
        {
            case FieldException wrong:
                await Problem.Of(wrong.Errors, wrong.Status).ExecuteAsync(context);
                break;
            case RefusedException refused:
                await Problem.WriteAsync(context, refused.Status, refused.Message);
                break;
            case BadHttpRequestException { InnerException: JsonException json }:
                await Problem.Of(FieldErrors.Of(FieldOf(json.Path), json.InnerException is BillingConfigurationException or FormatException ? json.InnerException.Message : "This is not what the field takes, or the body is not JSON.")).ExecuteAsync(context);
                break;
            case BadHttpRequestException bad:
                await Problem.WriteAsync(context, bad.StatusCode, WordsOf(bad.StatusCode));
                break;
            default:
                string id = Guid.NewGuid().ToString("N");
                Log.RequestFailed(logger, exception, id, context.GetEndpoint()?.DisplayName ?? "no route");
                await Problem.WriteAsync(context, StatusCodes.Status500InternalServerError, "The host or its store failed. Nothing more is known here; the log of the host has this failure under the id. Trying again is safe.", id);
                break;
        }
    }

    // The names of members that nobody asked for may be anything.
    private static string FieldOf(string? path) => path is ['$', '.', .. var name] && name.Length <= 60 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '[' or ']') ? name : "body";

    private static string WordsOf(int status) => status switch
    {
        400 => "The request cannot be read. Compare it with docs/web-api.md.",
        401 => "Sign in first.",
        403 => "Your role may not do this.",
        404 => "There is no such route. docs/web-api.md lists them.",
        405 => "The route does not take this method.",
        408 => "The request took too long.",
        411 => "State the length of the body: Content-Length.",
        413 => "The body is too large for this route.",
        415 => "The route takes another type of content. Compare Content-Type with docs/web-api.md.",
        429 => "Too many requests. Wait a minute and try again.",
        _ => "The request cannot be answered.",
    };
}
