using System.Net;
using Billing.Web.Problems;
using Billing.Web.Settings;

namespace Billing.Web.Security;

/// <summary>
/// Refuses requests that a page of another site could make in somebody's browser: under a name that is not this host's (DNS rebinding), from another origin, or without the header that only
/// a page of this host can send.
/// </summary>
internal sealed class RequestGuard(RequestDelegate next, WebSettings settings, SignInSettings signIn)
{
    /// <summary>The header that every request that changes something must have.</summary>
    public const string Header = "X-Billing";

    public async Task InvokeAsync(HttpContext context)
    {
        if (Refusal(context) is { } refusal)
        {
            await Problem.WriteAsync(context, StatusCodes.Status403Forbidden, refusal);
            return;
        }

        await next(context);
    }

    private string? Refusal(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (!IsOwnName(request.Host.Host))
        {
            return "This host does not answer under that name. Use localhost, or state its names in the setting Hosts.";
        }

        if (signIn.Mode == SignInMode.None && context.Connection is { LocalIpAddress: { } address } && !IPAddress.IsLoopback(address))
        {
            return "Nobody signs in here, so only this machine may connect.";
        }

        // Browsers state the origin of what is sent from another site, and say that it is.
        string? origin = request.Headers.Origin;
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site" && request.Headers["Sec-Fetch-Mode"] != "navigate"
            || (!string.IsNullOrEmpty(origin) && origin != $"{request.Scheme}://{request.Host}"))
        {
            return "A page of another site cannot use this host.";
        }

        return IsSafe(request.Method) || IsOpen(request.Path) || request.Headers.ContainsKey(Header) ? null : $"The header {Header} is missing. Send it with any value.";
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    // Clients of system 5 do not know the header; their requests are told by their origin alone.
    private static bool IsOpen(PathString path) => path.Value is "/logexpense";

    private bool IsOwnName(string host) => settings.Hosts.Count > 0 ? settings.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase)
        : signIn.Mode != SignInMode.None || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
