using System.Security.Claims;
using Billing.Web.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;

namespace Billing.Web.Security;

/// <summary>Sets up who may come in, and what each role may do.</summary>
internal static class SignIn
{
    private const string OpenId = "openid";
    private const string BearerWord = "Bearer ";

    public static void Add(IServiceCollection services, IConfiguration configuration, WebSettings settings, SignInSettings signIn)
    {
        if (signIn.Mode == SignInMode.OpenId)
        {
            // Sessions outlive the host.
            services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(settings.Folder, "keys")));
            AddOpenId(services, configuration.GetSection("OpenId"));
        }
        else
        {
            services.AddAuthentication(LocalSignIn.Name).AddScheme<AuthenticationSchemeOptions, LocalSignIn>(LocalSignIn.Name, null);
        }

        AuthorizationBuilder authorization = services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireRole(Roles.Reader).Build());
        foreach (string role in Roles.All)
        {
            authorization.AddPolicy(role, policy => policy.RequireRole(role));
        }
    }

    // A program sends a bearer token; a person comes by the code flow and keeps a cookie.
    private static void AddOpenId(IServiceCollection services, IConfigurationSection settings)
    {
        string roleClaim = settings["RoleClaim"] ?? "roles";
        bool needsTls = !IsOfThisMachine(settings["Authority"]);
        services.AddAuthentication(OpenId)
            .AddPolicyScheme(OpenId, null, options => options.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.ToString().StartsWith(BearerWord, StringComparison.Ordinal) ? JwtBearerDefaults.AuthenticationScheme : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(options =>
            {
                options.Cookie.Name = "billing-session";
                options.Cookie.HttpOnly = true;
                options.Cookie.SameSite = SameSiteMode.Strict;
                options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
                options.ExpireTimeSpan = TimeSpan.FromHours(8);
                options.Events.OnRedirectToLogin = context => Answer(context.Response, StatusCodes.Status401Unauthorized);
                options.Events.OnRedirectToAccessDenied = context => Answer(context.Response, StatusCodes.Status403Forbidden);
            })
            .AddJwtBearer(options =>
            {
                options.Authority = settings["Authority"];
                options.RequireHttpsMetadata = needsTls;
                options.Audience = settings["Audience"] ?? settings["ClientId"];
                options.MapInboundClaims = false;
                options.TokenValidationParameters.RoleClaimType = ClaimTypes.Role;
                options.TokenValidationParameters.NameClaimType = "name";
                options.Events = new JwtBearerEvents { OnTokenValidated = context => Take(context.Principal, roleClaim) };
            })
            .AddOpenIdConnect(options =>
            {
                options.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
                options.Authority = settings["Authority"];
                options.RequireHttpsMetadata = needsTls;
                options.ClientId = settings["ClientId"];
                options.ClientSecret = settings["ClientSecret"];
                options.ResponseType = "code";
                options.UsePkce = true;

                // The code comes back by a redirect: a form of another site is refused here, as any other.
                options.ResponseMode = "query";

                // Where the library would take a sign-out by GET: nothing here is ended by one.
                options.RemoteSignOutPath = default;
                options.NonceCookie.SameSite = SameSiteMode.Lax;
                options.CorrelationCookie.SameSite = SameSiteMode.Lax;
                options.MapInboundClaims = false;
                options.TokenValidationParameters.RoleClaimType = ClaimTypes.Role;
                options.TokenValidationParameters.NameClaimType = "name";
                options.Events = new OpenIdConnectEvents
                {
                    OnTokenValidated = context =>
                    {
                        ProviderSignOut.Keep(context);
                        return Take(context.Principal, roleClaim);
                    },
                    OnAccessDenied = context => SignInRefusal.AnswerAsync(context, "denied", null),
                    OnRemoteFailure = context => SignInRefusal.AnswerAsync(context, "failed", context.Failure),
                };
            });
    }

    // A provider without TLS could be anybody, unless it runs on this machine.
    private static bool IsOfThisMachine(string? authority) => Uri.TryCreate(authority, UriKind.Absolute, out Uri? uri) && uri.IsLoopback;

    // Only the three roles count, each with those below it.
    private static Task Take(ClaimsPrincipal? principal, string roleClaim)
    {
        if (principal?.Identity is ClaimsIdentity identity)
        {
            string[] roles = [.. identity.FindAll(roleClaim).Select(claim => claim.Value).Where(Roles.All.Contains).SelectMany(Roles.With).Distinct()];
            foreach (Claim claim in identity.FindAll(ClaimTypes.Role).ToArray())
            {
                identity.RemoveClaim(claim);
            }

            identity.AddClaims(roles.Select(role => new Claim(ClaimTypes.Role, role)));
        }

        return Task.CompletedTask;
    }

    private static Task Answer(HttpResponse response, int status)
    {
        response.StatusCode = status;
        return Task.CompletedTask;
    }
}
