using Billing.Web.Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Billing.Web.Security;

/// <summary>Ends the session of this host, and says where that of the provider ends (OpenID Connect RP-Initiated Logout 1.0).</summary>
internal static class ProviderSignOut
{
    /// <summary>Keeps the id token with the session: the provider tells by it whose session is to end. No other token is kept.</summary>
    public static void Keep(TokenValidatedContext context)
    {
        if (context.TokenEndpointResponse?.IdToken is { Length: > 0 } token)
        {
            context.Properties?.StoreTokens([new AuthenticationToken { Name = OpenIdConnectParameterNames.IdToken, Value = token }]);
        }
    }

    /// <summary>Ends the session here, whatever the provider says.</summary>
    public static async Task<SignOutReply> EndAsync(HttpContext context, CancellationToken cancellationToken)
    {
        string? token = await context.GetTokenAsync(CookieAuthenticationDefaults.AuthenticationScheme, OpenIdConnectParameterNames.IdToken);
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        OpenIdConnectOptions options = context.RequestServices.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(OpenIdConnectDefaults.AuthenticationScheme);
        if (await EndpointAsync(context, options, cancellationToken) is not { } endpoint)
        {
            return new SignOutReply();
        }

        OpenIdConnectMessage message = new()
        {
            IssuerAddress = endpoint,
            ClientId = options.ClientId,
            IdTokenHint = token,
            PostLogoutRedirectUri = $"{context.Request.Scheme}://{context.Request.Host}/",
        };
        return new SignOutReply { Address = message.CreateLogoutRequestUrl() };
    }

    // A page is sent to it: only what is as safe as the provider's other addresses.
    private static async Task<string?> EndpointAsync(HttpContext context, OpenIdConnectOptions options, CancellationToken cancellationToken)
    {
        try
        {
            string? endpoint = (await options.ConfigurationManager!.GetConfigurationAsync(cancellationToken)).EndSessionEndpoint;
            return Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && !options.RequireHttpsMetadata)) ? endpoint : null;
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException)
        {
            Log.ProviderUnknown(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ProviderSignOut)), e);
            return null;
        }
    }
}
