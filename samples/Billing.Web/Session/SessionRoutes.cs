using System.Reflection;
using Billing.Web.Contracts;
using Billing.Web.Events;
using Billing.Web.Expenses;
using Billing.Web.Ledger;
using Billing.Web.Limits;
using Billing.Web.Problems;
using Billing.Web.Security;
using Billing.Web.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Billing.Web.Session;

/// <summary>The routes of signing in and out.</summary>
internal static class SessionRoutes
{
    public static void Map(WebApplication app, RouteGroupBuilder api, SignInSettings signIn)
    {
        api.MapGet("/session", (HttpContext context, SignInSettings how, WebSettings settings, WebLedger ledger, ExpenseBook book, EventHub events) => TypedResults.Ok(Of(context, how, settings, ledger, book, events.Last))).AllowAnonymous();
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
            app.MapGet("/sign-in", SignInAsync).AllowAnonymous();
            app.MapPost("/sign-out", async (HttpContext context, CancellationToken cancellationToken) => TypedResults.Ok(await ProviderSignOut.EndAsync(context, cancellationToken))).AllowAnonymous();
        }
    }

    // To the provider, and from there back to the page that the person was on.
    private static async Task SignInAsync(HttpContext context)
    {
        try
        {
            await context.ChallengeAsync(OpenIdConnectDefaults.AuthenticationScheme, new AuthenticationProperties { RedirectUri = PathOf(context.Request.Query["to"]) });
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException)
        {
            await SignInRefusal.AnswerAsync(context, "provider", e);
        }
    }

    // A path of this host, or the first page.
    private static string PathOf(string? to) => to is ['/', .. var rest] && !rest.StartsWith('/') && !rest.StartsWith('\\') && !rest.Any(char.IsControl) ? to : "/";

    // Whoever is not signed in learns how to, and no more.
    private static SessionReply Of(HttpContext context, SignInSettings how, WebSettings settings, WebLedger ledger, ExpenseBook book, long lastEvent)
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
            LastEvent = isIn ? lastEvent : null,
            Store = isIn ? ledger.Store.Name : null,
            Version = typeof(BillingPipeline).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0],
        };
    }
}
