using Billing.Web.Client;
using Billing.Web.Client.Host;
using Billing.Web.Client.Language;
using Billing.Web.Client.Layout;
using Billing.Web.Problems;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace Billing.Web.FirstScreen;

/// <summary>
/// Draws the first screen of a page here, by the components that the browser draws it with, so that its figures are there before the page has loaded what it runs on. The answers that it was
/// made of come with it: the page begins with them, and shows the same.
/// </summary>
internal sealed class FirstScreens(RequestDelegate next, IServiceProvider services, IWebHostEnvironment environment, TimeProvider time, ILogger<FirstScreens> logger)
{
    // What a browser needs to draw it itself: waiting for longer gains nothing.
    private static readonly TimeSpan s_enough = TimeSpan.FromSeconds(2);

    // Those whose first screen is made of what the ledger says, and has no time of day: the time zone is the browser's.
    private static readonly string[] s_pages = [.. new[] { "overview", "expenses" }.Select(page => "/" + PageSettings.AddressOf(page))];

    // What is refused, or fails, is answered as everywhere.
    private readonly RequestDelegate _routes = ActivatorUtilities.CreateInstance<ProblemHandler>(services, next).InvokeAsync;
    private readonly Lazy<PageTemplate?> _template = new(() => PageTemplate.Read(environment.WebRootFileProvider));

    public static void Add(IServiceCollection services) => services
        .AddPage(new PageSettings())
        .AddScoped<HostAnswers>()
        .AddScoped(scope => new HttpClient(scope.GetRequiredService<HostAnswers>(), disposeHandler: false) { BaseAddress = new Uri(scope.GetRequiredService<NavigationManager>().BaseUri) })
        .AddScoped<NoBrowser>()
        .AddScoped<NavigationManager>(scope => scope.GetRequiredService<NoBrowser>())
        .AddScoped<IJSRuntime>(scope => scope.GetRequiredService<NoBrowser>())
        .AddScoped<INavigationInterception>(scope => scope.GetRequiredService<NoBrowser>())
        .AddScoped<IScrollToLocationHash>(scope => scope.GetRequiredService<NoBrowser>())
        .AddSupplyValueFromQueryProvider();

    public async Task InvokeAsync(HttpContext context)
    {
        if (IsAsked(context.Request) && await TryDrawAsync(context) is { } page)
        {
            // Of what is stored, for whoever is signed in.
            context.Response.Headers.CacheControl = "no-store";
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(page, context.RequestAborted);
            return;
        }

        await next(context);
    }

    private static bool IsAsked(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && s_pages.Contains(request.Path.Value) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    // Null: the browser draws it, and says what is wrong.
    private async Task<string?> TryDrawAsync(HttpContext context)
    {
        using CancellationTokenSource late = new(s_enough, time);
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, late.Token);
        try
        {
            return _template.Value is { } template ? await DrawAsync(context, template, enough.Token) : null;
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            Log.FirstScreenNotDrawn(logger, e, context.Request.Path.Value!);
            return null;
        }
    }

    private async Task<string?> DrawAsync(HttpContext context, PageTemplate template, CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = services.CreateAsyncScope();
        HttpRequest request = context.Request;
        Uri site = new($"{request.Scheme}://{request.Host}/");
        scope.ServiceProvider.GetRequiredService<NoBrowser>().Begin(site, new Uri(site, request.Path + request.QueryString));
        HostAnswers answers = scope.ServiceProvider.GetRequiredService<HostAnswers>();
        answers.Begin(_routes, context, cancellationToken);
        HostApi api = scope.ServiceProvider.GetRequiredService<HostApi>();
        await api.OpenAsync(cancellationToken);
        if (api.Session is not { Roles.Count: > 0 })
        {
            return null;
        }

        Words words = scope.ServiceProvider.GetRequiredService<Words>();
        string culture = request.GetTypedHeaders().AcceptLanguage.OrderByDescending(one => one.Quality ?? 1).FirstOrDefault()?.Value.Value ?? "en";
        words.Use(request.Cookies["billing.language"] ?? culture[..Math.Min(2, culture.Length)], culture);
        await using HtmlRenderer renderer = new(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<ILoggerFactory>());
        string screen = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<App>()).ToHtmlString());
        return answers.AreComplete ? template.With(words.Language, screen, answers.Given.ToJson()) : null;
    }
}
