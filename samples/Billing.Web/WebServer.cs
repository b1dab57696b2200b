using System.Text.Json.Serialization;
using Billing.Web.Contracts;
using Billing.Web.Events;
using Billing.Web.Expenses;
using Billing.Web.FirstScreen;
using Billing.Web.Functions;
using Billing.Web.Imports;
using Billing.Web.Ledger;
using Billing.Web.Limits;
using Billing.Web.Months;
using Billing.Web.Overview;
using Billing.Web.Pending;
using Billing.Web.Problems;
using Billing.Web.Quarantine;
using Billing.Web.Rates;
using Billing.Web.Receipts;
using Billing.Web.Records;
using Billing.Web.Rules;
using Billing.Web.Runs;
using Billing.Web.Security;
using Billing.Web.Session;
using Billing.Web.Settings;
using Billing.Web.Uploads;

namespace Billing.Web;

/// <summary>Puts the host together: what it is made of, what every request passes, and the routes.</summary>
internal static class WebServer
{
    public static WebApplication Build(string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        // What it says of every request has the address, and that has names.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);

        // The page of a build that is not published, in every environment.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddSingleton<WebLedger>().AddSingleton<RulesInForce>().AddSingleton<EventHub>().AddSingleton<SealList>();
        builder.Services.AddSingleton<ExpenseBook>().AddSingleton<RecordHistories>().AddSingleton<UploadStore>().AddSingleton<Previews>().AddSingleton<ReceiptDesk>().AddSingleton<OverviewReader>().AddSingleton<MonthDesk>().AddSingleton<BudgetsInForce>();
        builder.Services.AddSingleton(TimeProvider.System);
        FirstScreens.Add(builder.Services);
        builder.Services.AddSingleton<ImportJobs>().AddHostedService(services => services.GetRequiredService<ImportJobs>());
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, WebJsonContext.Default);

            // A member that is misspelt would be ignored, and what it should state not be checked.
            options.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            options.SerializerOptions.AllowDuplicateProperties = false;
        });
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddOpenApi();

        WebSettings settings = WebSettings.Of(builder.Configuration);
        SignInSettings signIn = SignInSettings.Of(builder.Configuration);
        SignIn.Add(builder.Services, builder.Configuration, settings, signIn);
        builder.Services.AddSingleton(signIn).AddSingleton(settings);
        RateLimits.Add(builder.Services, settings.RequestsPerMinute);
        Directory.CreateDirectory(settings.Folder);
        WebApplication app = builder.Build();
        Use(app);
        Map(app, settings, signIn);
        Announce(app, signIn);
        return app;
    }

    private static void Use(WebApplication app)
    {
        app.UseMiddleware<ResponseHeaders>();
        app.UseMiddleware<ProblemHandler>();
        app.UseMiddleware<RequestGuard>();
        app.UseMiddleware<UnknownRoutes>();
        app.UseMiddleware<FirstScreens>();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<BodyLimiter>();
    }

    private static void Map(WebApplication app, WebSettings settings, SignInSettings signIn)
    {
        RouteGroupBuilder api = app.MapGroup("/api").RequireAuthorization(Roles.Reader);
        ParameterGuard.Add(api);
        SessionRoutes.Map(app, api, signIn);
        ExpenseRoutes.Map(api);
        RecordRoutes.Map(api);
        UploadRoutes.Map(api, settings);
        ImportRoutes.Map(api);
        QuarantineRoutes.Map(api);
        ReceiptRoutes.Map(api);
        OverviewRoutes.Map(api);
        MonthRoutes.Map(api);
        RunRoutes.Map(api);
        RuleRoutes.Map(api);
        PendingRoutes.Map(api);
        RateRoutes.Map(api);
        FunctionRoutes.Map(app);
        app.MapOpenApi();
        UnknownRoutes.Map(api);
        PageFiles.Map(app);
    }

    private static void Announce(WebApplication app, SignInSettings signIn)
    {
        if (signIn.Mode == SignInMode.None)
        {
            Log.NoSignIn(app.Logger);
        }
        else if (signIn.Token is { } token)
        {
            // To the person who starts it, and into no log.
            Console.WriteLine($"This host can be reached from other machines. Sign in with the token {token}");
        }
    }
}
