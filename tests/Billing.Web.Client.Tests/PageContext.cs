using System.Globalization;
using System.Text.Json;
using Billing.Web.Client.Host;
using Billing.Web.Contracts;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Client.Tests;

/// <summary>Components with the services of the page, a host that the test scripts, and the browser's storage in memory.</summary>
public abstract class PageContext : BunitContext
{
    protected PageContext()
    {
        Services.AddSingleton(TimeProvider.System).AddPage(new PageSettings());
        Services.AddScoped(_ => new HttpClient(Host) { BaseAddress = new Uri("http://billing.test/") });
        Module = JSInterop.SetupModule("./page.js");
        Module.Mode = JSRuntimeMode.Loose;
        Storage = new StorageOfTest(Module);
        Host.Answer("GET /api/session", JsonSerializer.Serialize(new SessionReply
        {
            SignIn = "none",
            Roles = ["controller"],
            ReportingCurrency = "USD",
            Currencies = ["USD", "EUR", "JPY"],
            Today = new DateOnly(2026, 6, 17),
            AntiForgeryHeader = "X-Billing",
            MostUploadBytes = 1000,
            PieceBytes = 100,
        }, WebJsonContext.Default.SessionReply));
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
    }

    internal ScriptedHost Host { get; } = new();

    internal StorageOfTest Storage { get; }

    /// <summary>The script of the page.</summary>
    internal BunitJSModuleInterop Module { get; }

    /// <summary>Asks for the session, as the page does first.</summary>
    protected async Task OpenAsync() => Assert.True((await Services.GetRequiredService<HostApi>().OpenAsync()).IsOk);
}
