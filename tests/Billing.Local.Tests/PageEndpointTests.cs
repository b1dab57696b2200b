using System.Net;
using System.Text.Json;
using Billing.Local.Http;

namespace Billing.Local.Tests;

/// <summary>The page as billing local serves it, from files that stand for those of publishing.</summary>
public sealed class PageEndpointTests : IAsyncDisposable
{
    private static readonly Dictionary<string, Uri> s_apis = new() { ["expenses"] = new Uri("http://127.0.0.1:4001/"), ["receipts"] = new Uri("http://127.0.0.1:4002/"), ["transactions"] = new Uri("http://127.0.0.1:4003/") };
    private readonly string _folder = Some.Folder();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None });
    private LoopbackServer? _server;

    public PageEndpointTests()
    {
        string root = Directory.CreateDirectory(Path.Combine(_folder, "wwwroot")).FullName;
        Directory.CreateDirectory(Path.Combine(root, "_framework"));
        File.WriteAllText(Path.Combine(root, "index.html"), "<title>Billing</title>");
        File.WriteAllText(Path.Combine(root, "settings.json"), "{}");
        File.WriteAllText(Path.Combine(root, "page.css"), "plain");
        File.WriteAllText(Path.Combine(root, "page.css.br"), "packed");
        File.WriteAllText(Path.Combine(root, "_framework", "dotnet.wasm"), "wasm");
        File.WriteAllText(Path.Combine(root, "_framework", "dotnet.native.rw4kynp763.wasm"), "wasm");
        File.WriteAllText(Path.Combine(_folder, "secret.txt"), "not of the page");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/app/logged")]
    [InlineData("/index.html")]
    public async Task Every_address_of_the_page_answers_with_it_and_with_the_headers_of_the_host(string path)
    {
        using HttpResponseMessage response = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("<title>Billing</title>", await response.Content.ReadAsStringAsync(Token));
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' http://127.0.0.1:4001 http://127.0.0.1:4002 http://127.0.0.1:4003; manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
            Header(response, "Content-Security-Policy"));
        Assert.Equal(("nosniff", "DENY", "no-referrer"), (Header(response, "X-Content-Type-Options"), Header(response, "X-Frame-Options"), Header(response, "Referrer-Policy")));
        Assert.Equal(("same-origin", "same-origin"), (Header(response, "Cross-Origin-Opener-Policy"), Header(response, "Cross-Origin-Resource-Policy")));
    }

    [Fact]
    public async Task The_policy_is_that_of_the_host_but_for_the_addresses_of_the_APIs()
    {
        using HttpResponseMessage response = await GetAsync("/");
        string policy = Header(response, "Content-Security-Policy").Replace(" http://127.0.0.1:4001 http://127.0.0.1:4002 http://127.0.0.1:4003", "", StringComparison.Ordinal);
        string host = await File.ReadAllTextAsync(Repository.PathTo("samples", "Billing.Web", "Security", "ResponseHeaders.cs"), Token);
        Assert.Contains(policy, host, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_settings_name_the_APIs_and_not_what_publishing_wrote()
    {
        using HttpResponseMessage response = await GetAsync("/settings.json");
        using JsonDocument settings = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token));
        Assert.Equal("http://127.0.0.1:4001/", settings.RootElement.GetProperty("expenses").GetString());
        Assert.Equal("http://127.0.0.1:4002/", settings.RootElement.GetProperty("receipts").GetString());
        Assert.Equal("http://127.0.0.1:4003/", settings.RootElement.GetProperty("transactions").GetString());
        Assert.Equal("USD", settings.RootElement.GetProperty("reportingCurrency").GetString());
        Assert.Equal(["USD", "EUR"], settings.RootElement.GetProperty("currencies").EnumerateArray().Select(code => code.GetString()));
    }

    [Theory]
    [InlineData("/missing.js")]
    [InlineData("/../secret.txt")]
    [InlineData("/%2e%2e/secret.txt")]
    [InlineData("/..%2fsecret.txt")]
    public async Task What_looks_like_a_file_and_is_none_of_the_page_is_missing(string path)
    {
        using HttpResponseMessage response = await GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.DoesNotContain("not of the page", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_packed_file_goes_to_who_takes_it_and_an_unchanged_one_is_not_sent_again()
    {
        using HttpResponseMessage plain = await GetAsync("/page.css");
        Assert.Equal("plain", await plain.Content.ReadAsStringAsync(Token));
        using HttpResponseMessage packed = await GetAsync("/page.css", ("Accept-Encoding", "gzip, br"));
        Assert.Equal(("packed", "text/css"), (await packed.Content.ReadAsStringAsync(Token), packed.Content.Headers.ContentType!.MediaType));
        Assert.Equal(["br"], packed.Content.Headers.ContentEncoding);
        Assert.NotEqual(plain.Headers.ETag, packed.Headers.ETag);
        using HttpResponseMessage again = await GetAsync("/page.css", ("If-None-Match", plain.Headers.ETag!.Tag));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using HttpResponseMessage wasm = await GetAsync("/_framework/dotnet.wasm");
        Assert.Equal("application/wasm", wasm.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("/_framework/dotnet.native.rw4kynp763.wasm", "max-age=31536000, immutable")]
    [InlineData("/_framework/dotnet.wasm", "no-cache")]
    [InlineData("/page.css", "no-cache")]
    [InlineData("/settings.json", "no-cache")]
    [InlineData("/app/logged", "no-cache")]
    public async Task Only_what_is_named_by_its_content_is_kept_without_asking(string path, string control)
    {
        using HttpResponseMessage response = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(control, Assert.Single(response.Headers.GetValues("Cache-Control")));
    }

    [Fact]
    public async Task Nothing_can_be_sent_to_it()
    {
        using HttpResponseMessage response = await _http.PostAsync(await AddressAsync("/logexpense"), new StringContent("{}"), Token);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public void A_folder_without_a_page_is_refused_with_what_makes_one_and_none_is_needed()
    {
        Assert.Equal(Path.Combine(_folder, "wwwroot"), PageFolder.Find(_folder, _folder));
        Assert.Equal(Path.Combine(_folder, "wwwroot"), PageFolder.Find(Path.Combine(_folder, "wwwroot"), _folder));
        Assert.Null(PageFolder.Find(null, _folder));
        Directory.Move(Path.Combine(_folder, "wwwroot"), Path.Combine(_folder, "page"));
        Assert.Equal(Path.Combine(_folder, "page"), PageFolder.Find(null, _folder));
        LocalException error = Assert.Throws<LocalException>(() => PageFolder.Find(_folder, _folder));
        Assert.StartsWith($"The folder {_folder} contains no page", error.Message, StringComparison.Ordinal);
        Assert.Contains("dotnet publish samples/Billing.Web.Client", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_start_page_of_an_API_names_the_page_or_says_that_there_is_none()
    {
        Assert.Contains("<a href=\"http://127.0.0.1:4004/\">http://127.0.0.1:4004/</a>", StartPage.Of("expenses API", [], new Uri("http://127.0.0.1:4004/")), StringComparison.Ordinal);
        Assert.Contains("docs/local.md says how to make it", StartPage.Of("expenses API", [], null), StringComparison.Ordinal);
    }

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));

    private async Task<Uri> AddressAsync(string path)
    {
        PageEndpoint endpoint = new(Path.Combine(_folder, "wwwroot"), s_apis, "USD", ["USD", "EUR"]);
        _server ??= await LoopbackServer.StartAsync(0, endpoint.AnswerAsync, Token);
        return new Uri(FormattableString.Invariant($"http://127.0.0.1:{_server.Port}{path}"), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    private async Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, await AddressAsync(path));
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _http.SendAsync(request, Token);
    }
}
