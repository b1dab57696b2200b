using System.Text.Json;
using Billing.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Billing.Web.Browser.Tests;

/// <summary>Serves the files of the page under the strictest policy, packed as a host would, and answers only what the page asks before anything is sent: the session and the rules.</summary>
public sealed class StaticHost : IAsyncDisposable
{
    private const string Policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
    private static readonly Dictionary<string, string> s_types = new()
    {
        [".html"] = "text/html", [".js"] = "text/javascript", [".css"] = "text/css", [".svg"] = "image/svg+xml", [".wasm"] = "application/wasm", [".dat"] = "application/octet-stream", [".json"] = "application/json",
    };

    private readonly WebApplication _app;
    private readonly string _files;

    private StaticHost(WebApplication app, string files)
    {
        _app = app;
        _files = files;
    }

    /// <summary>Its address.</summary>
    public string Address => _app.Urls.First();

    /// <summary>The code of the reporting currency that it states.</summary>
    public string ReportingCurrency { get; set; } = "USD";

    /// <summary>The rules that it states.</summary>
    public string Rules { get; set; } = """{ "rules": [] }""";

    /// <summary>The bytes that it sent, packed.</summary>
    public long BytesSent { get; private set; }

    /// <summary>The requests that were not for files of the page, such as <c>GET /api/session</c>.</summary>
    public List<string> Requests { get; } = [];

    public static async Task<StaticHost> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        StaticHost host = new(builder.Build(), Path.Combine(await PublishedHost.FolderAsync(), "wwwroot"));
        host._app.Run(host.AnswerAsync);
        await host._app.StartAsync();
        return host;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path.Value!;
        if (path.StartsWith("/api/", StringComparison.Ordinal))
        {
            lock (Requests)
            {
                Requests.Add($"{context.Request.Method} {path}");
            }

            await ApiAsync(context, path);
            return;
        }

        string file = Path.Combine(_files, path.TrimStart('/'));
        if (!File.Exists(file))
        {
            file = Path.Combine(_files, "index.html");
        }

        context.Response.ContentType = s_types[Path.GetExtension(file)];
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (File.Exists(file + ".br"))
        {
            context.Response.Headers.ContentEncoding = "br";
            file += ".br";
        }

        context.Response.ContentLength = new FileInfo(file).Length;
        BytesSent += context.Response.ContentLength.Value;
        await context.Response.SendFileAsync(file);
    }

    private async Task ApiAsync(HttpContext context, string path)
    {
        context.Response.ContentType = "application/json";
        byte[] body = path switch
        {
            "/api/session" => JsonSerializer.SerializeToUtf8Bytes(Session(), WebJsonContext.Default.SessionReply),
            "/api/rules" => JsonSerializer.SerializeToUtf8Bytes(new RulesReply { Text = Rules, Names = [], Version = "1" }, WebJsonContext.Default.RulesReply),
            _ => "{}"u8.ToArray(),
        };
        await context.Response.Body.WriteAsync(body);
    }

    private SessionReply Session() => new()
    {
        SignIn = "none",
        Roles = ["reader", "clerk", "controller"],
        ReportingCurrency = ReportingCurrency,
        Currencies = [ReportingCurrency],
        Today = new DateOnly(2026, 6, 17),
        AntiForgeryHeader = "X-Billing",
        MostUploadBytes = 1 << 30,
        PieceBytes = 1 << 20,
    };
}
