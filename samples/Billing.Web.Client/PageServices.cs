using Billing.Web.Client.Host;
using Billing.Web.Client.Importing;
using Billing.Web.Client.Language;
using Billing.Web.Client.OpenId;
using Billing.Web.Client.Systems;
using Microsoft.AspNetCore.Components.WebAssembly.Services;

namespace Billing.Web.Client;

/// <summary>What the pages are given, besides the clock and a client of the site that they come from.</summary>
public static class PageServices
{
    public static IServiceCollection AddPage(this IServiceCollection services, PageSettings settings) => services
        .AddSingleton(settings)
        .AddScoped<Words>()
        .AddScoped<Layout.Toasts>()
        .AddScoped<Browser>()
        .AddScoped<Connection>()
        .AddScoped<FirstAnswers>()
        .AddScoped<PageStart>()
        .AddScoped<HostApi>()
        .AddScoped<OpenIdProvider>()
        .AddScoped<OpenIdSession>()
        .AddScoped<FunctionsApi>()
        .AddScoped<EventReader>()
        .AddScoped<LiveEvents>()
        .AddScoped<KeptImports>()
        .AddScoped<ImportUpload>()
        .AddScoped<LazyAssemblyLoader>()
        .AddScoped<OldEncodings>()
        .AddScoped<ImportWork>()
        .AddScoped<ImportEvents>()
        .AddScoped<ImportRuns>()
        .AddScoped<ImportTray>()
        .AddScoped<DroppedNames>();
}
