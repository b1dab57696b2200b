using Billing.Web.Client.Host;
using Billing.Web.Client.Importing;
using Billing.Web.Client.Language;

namespace Billing.Web.Client;

/// <summary>What the pages are given.</summary>
public static class PageServices
{
    public static IServiceCollection AddPage(this IServiceCollection services, Uri host) => services
        .AddScoped(_ => new HttpClient { BaseAddress = host })
        .AddScoped<Words>()
        .AddScoped<Layout.Toasts>()
        .AddScoped<Browser>()
        .AddScoped<Connection>()
        .AddScoped<HostApi>()
        .AddScoped<LiveEvents>()
        .AddScoped<ImportWork>()
        .AddScoped<ImportTray>();
}
