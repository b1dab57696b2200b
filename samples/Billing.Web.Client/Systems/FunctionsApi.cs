using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Billing.Web.Client.Host;
using Billing.Web.Client.OpenId;
using Billing.Web.Contracts;

namespace Billing.Web.Client.Systems;

/// <summary>Requests to the HTTP APIs of the functions (docs/lambda.md). A request that is refused comes back as a problem, never as an exception.</summary>
public sealed class FunctionsApi(HttpClient http, Connection connection, PageSettings settings, OpenIdSession openId)
{
    /// <summary>The access token that requests are sent with where the reader gives one; null for none. It is kept in memory only.</summary>
    public string? Token { get; set; }

    /// <summary>Stores an expense: once under its key, however often it is sent.</summary>
    public Task<Reply<LoggedReply>> LogAsync(LoggedDraft draft, string key) => SendAsync(
        () =>
        {
            HttpRequestMessage request = new(HttpMethod.Post, At(settings.Expenses, "logexpense"))
            {
                Content = new StringContent(JsonSerializer.Serialize(draft, SystemsJsonContext.Default.LoggedDraft), Encoding.UTF8, "application/json"),
            };
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
            return request;
        },
        body => JsonSerializer.Deserialize(body, SystemsJsonContext.Default.LoggedReply));

    /// <summary>Lists expenses.</summary>
    public Task<Reply<ApiPage<LoggedExpense>>> ListAsync(string query) => GetAsync(settings.Expenses, "expenses" + query, SystemsJsonContext.Default.ApiPageLoggedExpense);

    /// <summary>Lists expenses with their totals. Both or neither: a list beside the totals of other filters would not add up.</summary>
    public async Task<Reply<LoggedList>> LoggedAsync(string list, string totals, string by)
    {
        Reply<ApiPage<LoggedExpense>> page = await ListAsync(list);
        if (page.Value is not { } items)
        {
            return new Reply<LoggedList>(null, page.Problem);
        }

        Reply<GroupTotals> sums = await GetAsync(settings.Expenses, "totals" + totals, SystemsJsonContext.Default.GroupTotals);
        return new Reply<LoggedList>(sums.Value is { } added ? new LoggedList(items, added, by) : null, sums.Problem);
    }

    /// <summary>Lists receipts, the newest first.</summary>
    public Task<Reply<ApiPage<KeptReceipt>>> ReceiptsAsync(string query) => GetAsync(settings.Receipts, "expenses" + query, SystemsJsonContext.Default.ApiPageKeptReceipt);

    /// <summary>Adds up transactions.</summary>
    public Task<Reply<GroupTotals>> TransactionsAsync(string query) => GetAsync(settings.Transactions, "totals" + query, SystemsJsonContext.Default.GroupTotals);

    /// <summary>Fetches the report of a month.</summary>
    public Task<Reply<byte[]>> ReportAsync(string month) => SendAsync(() => new HttpRequestMessage(HttpMethod.Get, At(settings.Expenses, "reports/" + Uri.EscapeDataString(month))), body => body);

    private static Uri At(Uri? api, string path) => new(api ?? throw new InvalidOperationException("settings.json has no address of this API."), path);

    private Task<Reply<T>> GetAsync<T>(Uri? api, string path, JsonTypeInfo<T> type)
        where T : class => SendAsync(() => new HttpRequestMessage(HttpMethod.Get, At(api, path)), body => JsonSerializer.Deserialize(body, type));

    private async Task<Reply<T>> SendAsync<T>(Func<HttpRequestMessage> request, Func<byte[], T?> read)
        where T : class
    {
        try
        {
            string? token = openId.IsUsed ? await openId.TokenAsync() : Token;
            if (token is null && settings.SignIn is not null)
            {
                // What an API refuses before it knows the caller, a browser may not let the page read.
                return new Reply<T>(null, new ProblemReply { Status = 401 });
            }

            (HttpStatusCode status, Reply<T> reply) = await SendOnceAsync(request, token, read);
            if (!openId.IsUsed || status != HttpStatusCode.Unauthorized)
            {
                openId.Accept();
                return reply;
            }

            // It stored nothing: what is refused before it is read can be sent again.
            if (await openId.RefuseAsync(token!) is { } fresh)
            {
                (status, reply) = await SendOnceAsync(request, fresh, read);
                if (status == HttpStatusCode.Unauthorized)
                {
                    openId.End();
                }
            }

            return reply;
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or OperationCanceledException)
        {
            // The connection says so, and the page shows it.
            connection.Tell(isUp: false);
            return new Reply<T>(null);
        }
    }

    private async Task<(HttpStatusCode Status, Reply<T> Reply)> SendOnceAsync<T>(Func<HttpRequestMessage> make, string? token, Func<byte[], T?> read)
        where T : class
    {
        using HttpRequestMessage request = make();
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using HttpResponseMessage response = await http.SendAsync(request);
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        connection.Tell(isUp: true);
        if (!response.IsSuccessStatusCode)
        {
            return (response.StatusCode, new Reply<T>(null, ProblemOf(body, response)));
        }

        try
        {
            return (response.StatusCode, new Reply<T>(read(body)));
        }
        catch (JsonException unreadable)
        {
            return (response.StatusCode, new Reply<T>(null, new ProblemReply { Status = 0, Detail = unreadable.Message }));
        }
    }

    private static ProblemReply ProblemOf(byte[] body, HttpResponseMessage response)
    {
        Refused? refused = null;
        try
        {
            refused = JsonSerializer.Deserialize(body, SystemsJsonContext.Default.Refused);
        }
        catch (JsonException)
        {
            // The status says what can be said.
        }

        return new ProblemReply { Status = (int)response.StatusCode, Title = response.ReasonPhrase, Detail = refused?.Error ?? refused?.Message };
    }
}
