using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Billing.Web.Contracts;

namespace Billing.Web.Browser.Tests;

/// <summary>Fills the books of a host by its API, before a test looks at its pages.</summary>
public sealed class Books : IDisposable
{
    private readonly HttpClient _http;

    public Books(string address, string? token = null)
    {
        _http = new HttpClient { BaseAddress = new Uri(address) };
        _http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        _http.DefaultRequestHeaders.Add("X-Billing", "test");
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Imports a file of samples/data.</summary>
    public async Task ImportSampleAsync(string file) =>
        await ImportAsync(file, await File.ReadAllBytesAsync(Repository.PathTo("samples", "data", file)), SourceLayout.Load(Repository.PathTo("samples", "data", "layout.invoices.json")));

    /// <summary>Imports a file, and waits for its end.</summary>
    public async Task ImportAsync(string name, byte[] bytes, SourceLayout? layout = null) => Assert.Equal("completed", (await ImportAsync(await UploadAsync(name, bytes), new ImportTerms { Layout = layout })).State);

    /// <summary>Sends a file to the host.</summary>
    /// <returns>The id of the upload.</returns>
    public async Task<string> UploadAsync(string name, byte[] bytes)
    {
        UploadReply upload = await SendAsync(HttpMethod.Post, "api/uploads", new UploadRequest { Name = name, Size = bytes.Length }, WebJsonContext.Default.UploadRequest, WebJsonContext.Default.UploadReply);
        using HttpRequestMessage piece = new(HttpMethod.Patch, $"api/uploads/{upload.Id}") { Content = new ByteArrayContent(bytes) };
        piece.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        piece.Headers.Add("Upload-Offset", "0");
        (await _http.SendAsync(piece)).EnsureSuccessStatusCode();
        return (await SendAsync(HttpMethod.Post, $"api/uploads/{upload.Id}/complete", new UploadCompletion { Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)) }, WebJsonContext.Default.UploadCompletion, WebJsonContext.Default.UploadReply)).Id;
    }

    /// <summary>Imports an upload, and waits for its end.</summary>
    public async Task<ImportReply> ImportAsync(string upload, ImportTerms terms)
    {
        ImportReply import = await SendAsync(HttpMethod.Post, $"api/uploads/{upload}/import", terms, WebJsonContext.Default.ImportTerms, WebJsonContext.Default.ImportReply);
        while (import.State == "running")
        {
            await Task.Delay(10);
            import = await GetAsync($"api/imports/{import.Id}", WebJsonContext.Default.ImportReply);
        }

        return import;
    }

    /// <summary>What an upload would become, and every row; or why it is refused.</summary>
    public async Task<(PreviewReply? Preview, IReadOnlyList<PreviewRow> Rows, string? Refusal)> PreviewAsync(string upload, ImportTerms terms)
    {
        using StringContent content = new(JsonSerializer.Serialize(terms, WebJsonContext.Default.ImportTerms), Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _http.PostAsync($"api/uploads/{upload}/preview", content);
        string text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
        {
            return (null, [], JsonSerializer.Deserialize(text, WebJsonContext.Default.ProblemReply)!.Detail);
        }

        PreviewReply preview = JsonSerializer.Deserialize(text, WebJsonContext.Default.PreviewReply)!;
        List<PreviewRow> rows = [];
        string? next = null;
        do
        {
            PreviewRows page = await GetAsync($"api/uploads/{upload}/preview/{preview.Id}/rows?limit=1000{(next is null ? "" : "&next=" + next)}", WebJsonContext.Default.PreviewRows);
            rows.AddRange(page.Items);
            next = page.Next;
        }
        while (next is not null);
        return (preview, rows, preview.Refusal);
    }

    /// <summary>The records of a run.</summary>
    public async Task<IReadOnlyList<BillingRecord>> OfRunAsync(string run) => [.. (await GetAsync($"api/records?run={run}&limit=1000", WebJsonContext.Default.RecordList)).Items.Select(item => item.Record)];

    /// <summary>Takes a run back.</summary>
    public Task RevertAsync(string run) => SendAsync(HttpMethod.Post, $"api/runs/{run}/revert", new ReasonRequest { Reason = "test" }, WebJsonContext.Default.ReasonRequest, WebJsonContext.Default.EntryReply);

    /// <summary>Enters an expense.</summary>
    public Task<RecordReply> EnterAsync(string date, string description, string amount, string currency = "USD", string? party = null) =>
        SendAsync(HttpMethod.Post, "api/expenses", new ExpenseDraft { Date = date, Description = description, Amount = amount, Currency = currency, Party = party }, WebJsonContext.Default.ExpenseDraft, WebJsonContext.Default.RecordReply, ("Idempotency-Key", Guid.NewGuid().ToString("N")));

    /// <summary>Edits an expense, as another person would.</summary>
    public Task<RecordReply> EditAsync(RecordReply expense, string description) =>
        SendAsync(HttpMethod.Put, $"api/expenses/{expense.Record.Key}", new ExpenseDraft { Date = expense.Record.Date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), Description = description, Amount = expense.Record.Amount.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture), Currency = expense.Record.Amount.Currency.Code, Party = expense.Record.Party }, WebJsonContext.Default.ExpenseDraft, WebJsonContext.Default.RecordReply, ("If-Match", $"\"{expense.Version}\""));

    /// <summary>Puts budgets in force.</summary>
    public async Task SetBudgetsAsync(string text)
    {
        BudgetsReply before = await GetAsync("api/budgets", WebJsonContext.Default.BudgetsReply);
        await SendAsync(HttpMethod.Put, "api/budgets", new BudgetsDraft { Text = text }, WebJsonContext.Default.BudgetsDraft, WebJsonContext.Default.BudgetsReply, ("If-Match", $"\"{before.Version}\""));
    }

    /// <summary>The rules in force.</summary>
    public async Task<string> RulesAsync() => (await GetAsync("api/rules", WebJsonContext.Default.RulesReply)).Text;

    /// <summary>Uploads a receipt.</summary>
    public async Task UploadReceiptAsync(string name, string text)
    {
        using MultipartFormDataContent form = [];
        ByteArrayContent content = new(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        form.Add(content, "file", name);
        (await _http.PostAsync("api/receipts", form)).EnsureSuccessStatusCode();
    }

    /// <summary>The records that a text finds.</summary>
    public Task<RecordList> FindAsync(string text) => GetAsync($"api/records?text={Uri.EscapeDataString(text)}", WebJsonContext.Default.RecordList);

    /// <summary>The pending rows.</summary>
    public Task<PendingList> PendingAsync() => GetAsync("api/pending", WebJsonContext.Default.PendingList);

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(await _http.GetStringAsync(path), type)!;

    /// <summary>The imports of the host.</summary>
    public async Task<ImportList> ImportsAsync() => JsonSerializer.Deserialize(await _http.GetStringAsync("api/imports"), WebJsonContext.Default.ImportList)!;

    private async Task<TReply> SendAsync<TBody, TReply>(HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TReply> type, (string Name, string Value)? header = null)
    {
        using HttpRequestMessage request = new(method, path) { Content = new StringContent(JsonSerializer.Serialize(body, bodyType), Encoding.UTF8, "application/json") };
        if (header is { } more)
        {
            request.Headers.TryAddWithoutValidation(more.Name, more.Value);
        }

        using HttpResponseMessage response = await _http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return JsonSerializer.Deserialize(text, type)!;
    }
}
