using System.Reflection;
using Billing.Web.Contracts;
using Billing.Web.Expenses;
using Billing.Web.Ledger;
using Billing.Web.Limits;
using Billing.Web.Problems;
using Billing.Web.Security;
using Billing.Web.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Billing.Web.Session;

/// <summary>The routes of signing in and out.</summary>
internal static class SessionRoutes
{
    public static void Map(WebApplication app, RouteGroupBuilder api, SignInSettings signIn)
    {
        api.MapGet("/session", (HttpContext context, SignInSettings how, WebSettings settings, WebLedger ledger, ExpenseBook book) => TypedResults.Ok(Of(context, how, settings, ledger, book))).AllowAnonymous();
        if (signIn.Mode == SignInMode.Token)
        {
            api.MapPost("/token", (TokenRequest body, HttpContext context, SignInSettings how) =>
            {
                if (!how.IsToken(body.Token))
                {
                    throw new RefusedException(StatusCodes.Status401Unauthorized, "This is not the token that the host printed when it started.");
                }

                context.Response.Cookies.Append(LocalSignIn.Cookie, body.Token!, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/" });
                return TypedResults.NoContent();
            }).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);
        }

        if (signIn.Mode == SignInMode.OpenId)
        {
            app.MapGet("/sign-in", () => TypedResults.Challenge(new AuthenticationProperties { RedirectUri = "/" }, [OpenIdConnectDefaults.AuthenticationScheme])).AllowAnonymous();
            app.MapPost("/sign-out", () => TypedResults.SignOut(new AuthenticationProperties { RedirectUri = "/" }, [CookieAuthenticationDefaults.AuthenticationScheme])).AllowAnonymous();
        }
    }

    // Whoever is not signed in learns how to, and no more.
    private static SessionReply Of(HttpContext context, SignInSettings how, WebSettings settings, WebLedger ledger, ExpenseBook book)
    {
        bool isIn = context.User.IsInRole(Roles.Reader);
        return new SessionReply
        {
            SignIn = how.Word,
            User = context.User.Identity?.Name,
            Roles = [.. Roles.All.Where(context.User.IsInRole)],
            ReportingCurrency = settings.ReportingCurrency.Code,
            Currencies = isIn ? [settings.ReportingCurrency.Code, .. Currency.All.Where(currency => currency != settings.ReportingCurrency && currency.MinorUnits is not null && settings.Rates.TryGetRate(currency, settings.ReportingCurrency, book.Today, out _)).Select(currency => currency.Code)] : [],
            Today = book.Today,
            AntiForgeryHeader = RequestGuard.Header,
            MostUploadBytes = settings.MostUploadBytes,
            PieceBytes = settings.PieceBytes,
            Store = isIn ? ledger.Store.Name : null,
            Version = typeof(BillingPipeline).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0],
        };
    }
}
