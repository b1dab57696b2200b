using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Billing.Web.Contracts;
using Billing.Web.Ledger;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Billing.Web.Tests;

/// <summary>The host in memory, over a SQLite file in a folder of its own.</summary>
internal sealed class WebHost : WebApplicationFactory<Program>
{
    private readonly (string Name, string Value)[] _settings;
    private readonly string _folder = Directory.CreateTempSubdirectory("billing-web-").FullName;

    public WebHost(params (string Name, string Value)[] settings) => _settings = settings;

    public LogLines Lines { get; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public string Folder => Path.Combine(_folder, "web");

    public WebLedger Ledger => Services.GetRequiredService<WebLedger>();

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A client that sends the header of this host's page.</summary>
    public HttpClient Page()
    {
        HttpClient client = CreateClient();
        client.DefaultRequestHeaders.Add("X-Billing", "1");
        return client;
    }

    /// <summary>Sends a request and reads the answer.</summary>
    public static async Task<T> SendAsync<T>(HttpClient page, HttpMethod method, string path, object? body = null, int status = 200, params (string Name, string Value)[] headers)
    {
        using HttpResponseMessage response = await AskAsync(page, method, path, body, headers);
        string text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True((int)response.StatusCode == status, $"{method} {path} answered {(int)response.StatusCode}: {text}");
        return JsonSerializer.Deserialize(text, (JsonTypeInfo<T>)WebJsonContext.Default.GetTypeInfo(typeof(T))!)!;
    }

    public static Task<T> GetAsync<T>(HttpClient page, string path) => SendAsync<T>(page, HttpMethod.Get, path);

    public static async Task<HttpResponseMessage> AskAsync(HttpClient page, HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, path);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            string json => new StringContent(json, Encoding.UTF8, "application/json"),
            _ => JsonContent.Create(body, WebJsonContext.Default.GetTypeInfo(body.GetType())!),
        };
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await page.SendAsync(request, Cancellation);
    }

    /// <summary>Uploads a text in one piece.</summary>
    public static async Task<string> UploadAsync(HttpClient page, string name, byte[] bytes)
    {
        UploadReply upload = await SendAsync<UploadReply>(page, HttpMethod.Post, "/api/uploads", new UploadRequest { Name = name, Size = bytes.Length }, 201);
        using ByteArrayContent piece = new(bytes);
        piece.Headers.ContentType = new("application/octet-stream");
        await SendAsync<UploadReply>(page, HttpMethod.Patch, $"/api/uploads/{upload.Id}", piece, 200, ("Upload-Offset", "0"));
        string sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        UploadReply complete = await SendAsync<UploadReply>(page, HttpMethod.Post, $"/api/uploads/{upload.Id}/complete", new UploadCompletion { Sha256 = sha256 });
        Assert.True(complete.IsComplete);
        return upload.Id;
    }

    public static Task<string> UploadAsync(HttpClient page, string name, string text) => UploadAsync(page, name, Encoding.UTF8.GetBytes(text));

    /// <summary>Imports an upload and waits until it has ended, by its events.</summary>
    public static async Task<ImportReply> ImportAsync(HttpClient page, string upload, ImportTerms? terms = null)
    {
        ImportReply begun = await SendAsync<ImportReply>(page, HttpMethod.Post, $"/api/uploads/{upload}/import", terms ?? new ImportTerms(), 202);
        return await EndOfAsync(page, begun.Id);
    }

    public static async Task<ImportReply> EndOfAsync(HttpClient page, string import)
    {
        using Stream events = await page.GetStreamAsync($"/api/imports/{import}/events", Cancellation);
        await foreach (System.Net.ServerSentEvents.SseItem<string> item in System.Net.ServerSentEvents.SseParser.Create(events).EnumerateAsync(Cancellation))
        {
            if (item.EventType == "ended")
            {
                return JsonSerializer.Deserialize(item.Data, WebJsonContext.Default.ImportReply)!;
            }
        }

        throw new InvalidOperationException("The events of the import ended without its end.");
    }

    public static Task<RecordReply> EnterAsync(HttpClient page, ExpenseDraft draft, string? key = null) =>
        SendAsync<RecordReply>(page, HttpMethod.Post, "/api/expenses", draft, 201, ("Idempotency-Key", key ?? Guid.NewGuid().ToString()));

    public static ExpenseDraft Lunch => new() { Description = "Lunch", Amount = "12.50", Currency = "EUR", Date = "2025-06-17", Party = "Cafe" };

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Folder", Folder);
        builder.UseSetting("Store:ConnectionString", $"Data Source={Path.Combine(_folder, "billing.db")}");
        builder.UseSetting("Rates", "EUR=1.1,CAD=0.75,JPY=0.0067,GBP=1.3");
        foreach ((string name, string value) in _settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureTestServices(services => services.AddSingleton(Clock));
        builder.ConfigureLogging(logs => logs.ClearProviders().AddProvider(Lines).SetMinimumLevel(LogLevel.Trace));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
