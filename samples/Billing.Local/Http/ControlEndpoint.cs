using System.Text.Json.Nodes;
using Billing.Local.Functions;
using Billing.Local.Secrets;
using Microsoft.AspNetCore.Http;

namespace Billing.Local.Http;

/// <summary>Stands in for AWS itself on this machine: Secrets Manager, Lambda's Invoke, and the figures for <c>billing local status</c>.</summary>
internal sealed class ControlEndpoint(SecretsEndpoint secrets, IReadOnlyDictionary<string, LocalFunction> functions, Action<LocalEventKind, string, string> tell)
{
    public Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (SecretsEndpoint.IsFor(context.Request))
        {
            return secrets.AnswerAsync(context, cancellationToken);
        }

        string[] parts = (context.Request.Path.Value ?? "").Trim('/').Split('/');
        return (context.Request.Method, parts) switch
        {
            ("POST", ["2015-03-31", "functions", var name, "invocations"]) => InvokeAsync(context, name, cancellationToken),
            ("GET", ["status"]) => StatusAsync(context, cancellationToken),
            _ => SayAsync(context, StatusCodes.Status404NotFound, "UnknownOperationException", $"There is no {context.Request.Method} {context.Request.Path}.", cancellationToken),
        };
    }

    private static Task SayAsync(HttpContext context, int status, string type, string message, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers["x-amzn-ErrorType"] = type;
        return context.Response.WriteAsync(new JsonObject { ["Message"] = message }.ToJsonString(), cancellationToken);
    }

    private async Task InvokeAsync(HttpContext context, string name, CancellationToken cancellationToken)
    {
        if (!functions.TryGetValue(name, out LocalFunction? function))
        {
            await SayAsync(context, StatusCodes.Status404NotFound, "ResourceNotFoundException", $"There is no function {name}. Functions: {string.Join(", ", functions.Keys)}.", cancellationToken);
            return;
        }

        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, cancellationToken);
        InvocationResult result = await function.InvokeAsync(body.Length == 0 ? "{}"u8.ToArray() : body.ToArray(), null, cancellationToken);
        tell(result.Succeeded ? LocalEventKind.Work : LocalEventKind.Failure, name, result.ToString());
        context.Response.Headers["x-amzn-RequestId"] = result.RequestId;
        context.Response.ContentType = "application/json";
        if (!result.Succeeded)
        {
            context.Response.Headers["X-Amz-Function-Error"] = "Unhandled";
        }

        await context.Response.Body.WriteAsync(result.Payload, cancellationToken);
    }

    private Task StatusAsync(HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "application/json";
        JsonArray all = [.. functions.Values.Select(function => (JsonNode)new JsonObject
        {
            ["name"] = function.Name,
            ["processes"] = function.ProcessIds.Count,
            ["invocations"] = function.Invocations,
            ["failures"] = function.Failures,
        })];
        return context.Response.WriteAsync(new JsonObject { ["functions"] = all }.ToJsonString(), cancellationToken);
    }
}
