using System.Text.Json;
using Billing.Web.Client;
using Billing.Web.Client.Host;
using Billing.Web.Client.Layout;
using Billing.Web.Client.Systems;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;

WebAssemblyHostBuilder builder = WebAssemblyHostBuilder.CreateDefault(args);
builder.RootComponents.Add<App>("#app");
builder.RootComponents.Add<HeadOutlet>("head::after");
using HttpClient http = new() { BaseAddress = new Uri(builder.HostEnvironment.BaseAddress) };
// Without System.Net.Http.Json, which would be another file to load.
PageSettings settings = JsonSerializer.Deserialize(await http.GetByteArrayAsync("settings.json"), SystemsJsonContext.Default.PageSettings) ?? throw new InvalidOperationException("settings.json is empty. Without a host it names the APIs; with one it is {}.");
builder.Services.AddSingleton(TimeProvider.System).AddSingleton(http).AddPage(settings);
WebAssemblyHost page = builder.Build();
await page.Services.GetRequiredService<PageStart>().BeginAsync();
await page.RunAsync();
