using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;

namespace Billing.Local.Http;

/// <summary>Serves the files of the page with the headers of samples/Billing.Web, and <c>settings.json</c>, from which the page knows that it has the APIs of the functions and no host.</summary>
internal sealed partial class PageEndpoint
{
    private const string Start = "/index.html";
    private const string SettingsPath = "/settings.json";

    private static readonly FileExtensionContentTypeProvider s_types = new();

    private readonly FrozenDictionary<string, FileInfo> _files;
    private readonly string _settings;
    private readonly string _policy;

    /// <param name="folder">The folder with <c>index.html</c>.</param>
    /// <param name="apis">The addresses of the HTTP APIs, by name: the only ones that the page may connect to.</param>
    /// <param name="reportingCurrency">The code of the currency that amounts are converted to.</param>
    /// <param name="currencies">The codes of the currencies that have a rate.</param>
    /// <param name="signIn">How readers sign in; null if nobody does.</param>
    public PageEndpoint(string folder, IReadOnlyDictionary<string, Uri> apis, string reportingCurrency, IReadOnlyList<string> currencies, PageSignIn? signIn = null)
    {
        // Only what is listed here can be asked for, so no path leads out of the folder.
        _files = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .ToFrozenDictionary(file => "/" + Path.GetRelativePath(folder, file.FullName).Replace(Path.DirectorySeparatorChar, '/'), StringComparer.Ordinal);
        JsonObject settings = new() { ["reportingCurrency"] = reportingCurrency, ["currencies"] = new JsonArray([.. currencies.Select(code => (JsonNode)code)]) };
        foreach ((string name, Uri address) in apis)
        {
            settings[name] = address.AbsoluteUri;
        }

        signIn?.AddTo(settings);
        _settings = settings.ToJsonString();
        string allowed = string.Join(' ', apis.Values.Select(address => address.GetLeftPart(UriPartial.Authority)).Concat(signIn?.Addresses ?? []));
        _policy = $"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' {allowed}; manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
    }

    public async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        SetHeaders(context.Response.Headers);
        HttpRequest request = context.Request;
        if (request.Method is not ("GET" or "HEAD"))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            await SayAsync(context, StatusCodes.Status405MethodNotAllowed, "Only the files of the page are here. The addresses of the APIs are in settings.json.", cancellationToken);
            return;
        }

        string path = request.Path.Value ?? "/";
        if (path == SettingsPath)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(_settings, cancellationToken);
            return;
        }

        if (!_files.ContainsKey(path))
        {
            // The addresses of the page's own pages have no file, and no extension. What looks like a file and is not there is missing.
            if (Path.HasExtension(path))
            {
                await SayAsync(context, StatusCodes.Status404NotFound, $"The page has no file {path}.", cancellationToken);
                return;
            }

            path = Start;
        }

        await SendAsync(context, path, cancellationToken);
    }

    private static Task SayAsync(HttpContext context, int status, string text, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, cancellationToken);
    }

    private void SetHeaders(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy = _policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-cache";
    }

    private async Task SendAsync(HttpContext context, string path, CancellationToken cancellationToken)
    {
        HttpResponse response = context.Response;
        response.ContentType = s_types.TryGetContentType(path, out string? type) ? type : "application/octet-stream";
        response.Headers.Vary = "Accept-Encoding";
        if (NamedByContent().IsMatch(path))
        {
            response.Headers.CacheControl = "max-age=31536000, immutable";
        }

        FileInfo file = _files[path];
        if (_files.TryGetValue(path + ".br", out FileInfo? packed) && Accepts(context.Request, "br"))
        {
            file = packed;
            response.Headers.ContentEncoding = "br";
        }

        string tag = string.Create(CultureInfo.InvariantCulture, $"\"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}{(file == packed ? "-br" : "")}\"");
        response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch.ToString() == tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentLength = file.Length;
        if (context.Request.Method == "GET")
        {
            await using FileStream content = file.OpenRead();
            await content.CopyToAsync(response.Body, cancellationToken);
        }
    }

    private static bool Accepts(HttpRequest request, string encoding) =>
        request.Headers.AcceptEncoding.ToString().Split(',', StringSplitOptions.TrimEntries).Contains(encoding, StringComparer.OrdinalIgnoreCase);

    // Such as dotnet.native.rw4kynp763.wasm: other content has another name.
    [GeneratedRegex(@"^/_framework/.+\.[0-9a-z]{10}\.(wasm|js|dat)$")]
    private static partial Regex NamedByContent();
}
