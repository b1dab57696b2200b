using System.Security.Claims;
using System.Text.Encodings.Web;
using Billing.Web.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Billing.Web.Security;

/// <summary>Signs in whoever is on this machine, or has the token: as a bearer token or in the cookie that <c>POST /api/token</c> set.</summary>
internal sealed class LocalSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, SignInSettings signIn, WebSettings settings)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string Name = "local";
    public const string Cookie = "billing-token";

    private const string Bearer = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (signIn.Mode == SignInMode.Token)
        {
            string? header = Request.Headers.Authorization;
            string? token = header?.StartsWith(Bearer, StringComparison.Ordinal) == true ? header[Bearer.Length..] : Request.Cookies[Cookie];
            if (token is null)
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            if (!signIn.IsToken(token))
            {
                return Task.FromResult(AuthenticateResult.Fail("The token is not that of this host."));
            }
        }

        ClaimsIdentity identity = new(Name, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaims(Roles.With(settings.Role).Select(role => new Claim(ClaimTypes.Role, role)));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name)));
    }
}
