using System.Text;
using System.Text.Json;
using Billing.Web.Contracts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Billing.Web.Tests.Hostile;

/// <summary>Every route that the host has, with everything that could be wrong: a refusal as a problem document, nothing stored, nothing logged.</summary>
public sealed class BadInputTests
{
    private const string Marker = HostileBodies.Marker;

    private static readonly string[] s_ofFunctions = ["/logexpense", "/expenses", "/totals", "/receipts"];

    [Fact]
    public async Task Every_route_refuses_every_bad_request_stores_nothing_and_logs_nothing_of_it()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        Dictionary<string, string> right = await SeedAsync(page);
        string before = await StateAsync(host);
        List<string> wrong = [];
        int sent = 0;
        foreach ((string method, string pattern, RouteEndpoint endpoint) in OpenApiTests.Routes(host))
        {
            foreach ((string path, HttpContent? body, (string, string)[] headers) in Requests(method, pattern, endpoint, right))
            {
                string shown = body is null ? "" : Shortened(await body.ReadAsStringAsync(WebHost.Cancellation));
                using HttpResponseMessage response = await WebHost.AskAsync(page, new HttpMethod(method), path, body, headers);
                sent++;
                string answer = await response.Content.ReadAsStringAsync(WebHost.Cancellation);
                if ((int)response.StatusCode is < 400 or > 499 || (!s_ofFunctions.Contains(pattern) && !IsProblem(response, answer)))
                {
                    wrong.Add($"{method} {Shortened(path)} {shown} answered {(int)response.StatusCode} {Shortened(answer)}");
                }
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {sent}:\n{string.Join('\n', wrong.Take(60))}");
        Assert.True(sent > 1_000, $"Only {sent} requests were made.");
        Assert.Equal(before, await StateAsync(host));
        Assert.DoesNotContain(Marker, host.Lines.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Failure ", host.Lines.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_route_needs_its_role_and_without_signing_in_none_answers()
    {
        await using WebHost readers = new(("Role", "reader"));
        await using WebHost strangers = new(("urls", "http://0.0.0.0:1"));
        string[] open = ["/api/session", "/api/token"];
        int guarded = 0;
        foreach ((string method, string pattern, RouteEndpoint endpoint) in OpenApiTests.Routes(strangers))
        {
            using HttpResponseMessage unknown = await WebHost.AskAsync(strangers.Page(), new HttpMethod(method), pattern.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal));
            Assert.True(open.Contains(pattern) || (int)unknown.StatusCode is 401 or 415, $"{method} {pattern} answered {(int)unknown.StatusCode} to nobody.");
            if (endpoint.Metadata.OfType<IAuthorizeData>().Any(data => data.Policy is "clerk" or "controller"))
            {
                guarded++;
                using HttpResponseMessage refused = await WebHost.AskAsync(readers.Page(), new HttpMethod(method), pattern.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal), method == "PATCH" ? Octets([1]) : pattern is "/api/receipts" ? LedgerPageTests.Part([1], "a") : method is "POST" or "PUT" ? "{}" : null);
                Assert.True((int)refused.StatusCode == 403, $"{method} {pattern} answered {(int)refused.StatusCode} to a reader.");
            }
            else
            {
                Assert.True(method == "GET" || open.Contains(pattern) || pattern is "/api/rules/try", $"{method} {pattern} may be used by every reader.");
            }
        }

        Assert.True(guarded > 20);
    }

    private static IEnumerable<(string Path, HttpContent? Body, (string Name, string Value)[] Headers)> Requests(string method, string pattern, RouteEndpoint endpoint, Dictionary<string, string> right)
    {
        string path = Filled(pattern, right);
        IAcceptsMetadata? accepts = endpoint.Metadata.GetMetadata<IAcceptsMetadata>();
        Type? type = accepts?.RequestType;
        (string, string)[] headers = [("If-Match", right["version"]), ("Idempotency-Key", Guid.NewGuid().ToString())];

        // What stands in the path.
        foreach (System.Text.RegularExpressions.Match hole in System.Text.RegularExpressions.Regex.Matches(pattern, @"\{(\w+)\}"))
        {
            foreach (string id in (string[])["x", new string('0', 64), new string('a', 32), new string('f', 3_000), "%3Cscript%3E" + Marker, "%3D1%2B1" + Marker, "..%2F..%2F" + Marker, "%01" + Marker, "-1", "%F0%9F%98%80"])
            {
                string other = Filled(pattern[..hole.Index], right) + id + Filled(pattern[(hole.Index + hole.Length)..], right);
                yield return (other, BodyOf(method, pattern, type), headers);
            }
        }

        if (method == "GET")
        {
            foreach (string query in s_ofFunctions.Contains(pattern) ? [] : QueriesOf(pattern))
            {
                yield return ($"{path}?{query}", null, []);
            }

            yield break;
        }

        if (!s_ofFunctions.Contains(pattern))
        {
            yield return ($"{path}?{Marker}=1", BodyOf(method, pattern, type), headers);
        }

        if (pattern is "/logexpense")
        {
            foreach (string body in (string[])["", "{", "[]", "{}", """{"description":"","amount":1}""", """{"description":"x","amount":-1}""", """{"description":"x","amount":1e30}""", $$"""{"description":"x","amount":"{{Marker}}"}""", """{"description":"x","amount":1,"currency":"QQQ"}"""])
            {
                yield return (path, Json(body), headers);
            }
        }
        else if (method == "PATCH")
        {
            foreach (string offset in (string[])["", "-1", "x", "1.5", "99999999999999999999", "7", Marker])
            {
                yield return (path, Octets([1, 2, 3]), [("Upload-Offset", offset)]);
            }

            yield return (path, Octets([]), [("Upload-Offset", "0")]);
            yield return (path, Json("{}"), [("Upload-Offset", "0")]);
        }
        else if (pattern is "/api/receipts")
        {
            foreach (HttpContent body in Multiparts())
            {
                yield return (path, body, []);
            }
        }
        else if (type is not null)
        {
            foreach (string body in HostileBodies.Of(type, accepts!.IsOptional))
            {
                yield return (path, Json(body), headers);
            }

            yield return (path, new StringContent("{}", Encoding.UTF8, "text/plain"), headers);
            yield return (path, new StringContent("a=1", Encoding.UTF8, "application/x-www-form-urlencoded"), headers);
        }

        // 10 MB, with and without saying so before.
        if (accepts is not null || pattern is "/logexpense")
        {
            yield return (path, Sized(method, new ByteArrayContent(new byte[10_000_000])), method == "PATCH" ? [("Upload-Offset", "0")] : headers);
            yield return (path, Sized(method, new StreamContent(new EndlessStream(10_000_000))), method == "PATCH" ? [("Upload-Offset", "0")] : headers);
        }

        if (pattern is "/api/expenses")
        {
            yield return (path, Json("""{"description":"Lunch","amount":"1.00","currency":"EUR","date":"2025-06-17"}"""), [("Idempotency-Key", new string('k', 256))]);
            yield return (path, Json("""{"description":"Lunch","amount":"1.00","currency":"EUR","date":"2025-06-17"}"""), []);
        }
    }

    private static IEnumerable<string> QueriesOf(string pattern)
    {
        foreach (string name in (string[])["limit", "next", "month", "from", "to", "sort", "resolved", "all", "format", "outcome", "last", "year", Marker])
        {
            foreach (string value in (string[])["-1", "0.5", "%3Cscript%3E" + Marker, "%3D1%2B1", "..%2F", new string('9', 3_000), "%00"])
            {
                if (!(name == "next" && pattern.EndsWith("/export", StringComparison.Ordinal) && value.Length == 0))
                {
                    yield return $"{name}={value}";
                }
            }
        }

        foreach (string name in (string[])["text", "party", "category", "currency", "flag", "run", "source", "scope", "reason"])
        {
            yield return $"{name}={new string('9', 3_000)}";
            yield return $"{name}=%00";
        }

        yield return "limit=1&limit=2";
        yield return "limit=1001";
    }

    private static IEnumerable<HttpContent> Multiparts()
    {
        yield return Json("{}");
        yield return Typed("", "multipart/form-data");
        yield return Typed("", "multipart/form-data; boundary=b");
        yield return Typed("--b\r\n", "multipart/form-data; boundary=b");
        yield return Typed("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n" + Marker, "multipart/form-data; boundary=b");
        yield return Typed("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n\r\n--b--\r\n", "multipart/form-data; boundary=b");
        yield return Typed("--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b");
        yield return Typed("--b\r\nContent-Disposition: form-data; name=\"other\"; filename=\"a.pdf\"\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b");
        yield return Typed("--b\r\n" + new string('h', 50_000) + ": 1\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b");
        yield return Typed("--b\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b");
        yield return Typed("x", "multipart/form-data; boundary=" + new string('b', 200));
        foreach (string name in (string[])[$"../{Marker}.pdf", $"..\\\\{Marker}.pdf", $"/etc/{Marker}", $"C:{Marker}", new string('n', 300), "..", $"<script>{Marker}"])
        {
            yield return Typed($"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b");
        }

        yield return Typed("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"b\"\r\n\r\ny\r\n--b--\r\n", "multipart/form-data; boundary=b");
    }

    private static async Task<Dictionary<string, string>> SeedAsync(HttpClient page)
    {
        RecordReply expense = await WebHost.EnterAsync(page, WebHost.Lunch);
        string upload = await WebHost.UploadAsync(page, "june.csv", "date,company,amount,currency\n2025-06-01,Acme,10.00,USD\n2025-06-02,Beta,2O.00,USD\n");
        ImportReply import = await WebHost.ImportAsync(page, upload);
        PreviewReply preview = await WebHost.SendAsync<PreviewReply>(page, HttpMethod.Post, $"/api/uploads/{upload}/preview");
        ImportTerms pending = new() { Layout = SourceLayout.Parse("""{ "columns": { "status": "status" }, "pending": { "values": ["pending"], "posted": ["posted"] } }""") };
        await WebHost.ImportAsync(page, await WebHost.UploadAsync(page, "card.csv", "date,amount,currency,status\n2025-06-01,100.00,USD,pending\n"), pending);
        UploadReply open = await WebHost.SendAsync<UploadReply>(page, HttpMethod.Post, "/api/uploads", new UploadRequest { Name = "open.csv", Size = 100 }, 201);
        ReceiptReply receipt = await WebHost.SendAsync<ReceiptReply>(page, HttpMethod.Post, "/api/receipts", LedgerPageTests.Part([1, 2], "a.pdf"), 201);
        return new Dictionary<string, string>
        {
            ["version"] = $"\"{expense.Version}\"",
            ["/api/expenses/{key}"] = expense.Record.Key.ToString(),
            ["/api/records/{key}"] = expense.Record.Key.ToString(),
            ["/api/quarantine/{key}"] = (await WebHost.GetAsync<QuarantineList>(page, "/api/quarantine?source=june.csv")).Items[0].Row.Key.ToString(),
            ["/api/pending/{key}"] = (await WebHost.GetAsync<PendingList>(page, "/api/pending")).Items[0].Key.ToString(),
            ["/api/uploads/{id}"] = upload,
            ["open"] = open.Id,
            ["{month}"] = "2025-06",
            ["{preview}"] = preview.Id,
            ["/api/imports/{id}"] = import.Id,
            ["/api/runs/{id}"] = import.Report!.RunId,
            ["/api/entries/{id}"] = "0",
            ["/api/receipts/{id}"] = receipt.Receipt.Id,
        };
    }

    private static string Filled(string pattern, Dictionary<string, string> right)
    {
        foreach ((string hole, string value) in right.Where(pair => pair.Key.EndsWith('}')))
        {
            if (hole.StartsWith('{') || pattern.StartsWith(hole, StringComparison.Ordinal))
            {
                pattern = hole.StartsWith('{') ? pattern.Replace(hole, value, StringComparison.Ordinal) : pattern.Replace(hole, hole[..(hole.IndexOf('{', StringComparison.Ordinal))] + value, StringComparison.Ordinal);
            }
        }

        return pattern;
    }

    private static async Task<string> StateAsync(WebHost host)
    {
        IBillingStore store = host.Ledger.Store;
        return string.Join('\n',
        [
            .. (await store.QueryAllAsync(new RecordQuery(), WebHost.Cancellation).ToListAsync(WebHost.Cancellation)).Select(record => Ledger.RecordVersions.VersionOf(record)),
            .. (await store.GetAllQuarantineAsync(new QuarantineQuery { IncludeResolved = true }, WebHost.Cancellation).ToListAsync(WebHost.Cancellation)).Select(row => $"{row.Key} {row.Reason} {row.Resolution}"),
            .. (await store.GetAllRunsAsync(WebHost.Cancellation).ToListAsync(WebHost.Cancellation)).Select(run => $"{run.RunId} {run.RevertedBy}"),
            .. (await store.GetEntriesAsync(WebHost.Cancellation).ToListAsync(WebHost.Cancellation)).Select(entry => entry.Id),
            .. (await host.Ledger.Receipts.GetReceiptsAsync(new PageRequest(), WebHost.Cancellation)).Items.Select(receipt => $"{receipt.Id} {receipt.Sightings}"),
            .. Directory.EnumerateFileSystemEntries(host.Folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".preview", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
        ]);
    }

    private static bool IsProblem(HttpResponseMessage response, string answer) => response.Content.Headers.ContentType?.MediaType == "application/problem+json"
        && JsonSerializer.Deserialize(answer, WebJsonContext.Default.ProblemReply) is { Detail.Length: > 0, Title.Length: > 0 } problem && problem.Status == (int)response.StatusCode;

    private static HttpContent? BodyOf(string method, string pattern, Type? type) => method == "PATCH" ? Octets([1]) : pattern is "/api/receipts" ? LedgerPageTests.Part([1], "a") : type is null ? null : Json("{}");

    private static HttpContent Sized(string method, HttpContent content)
    {
        content.Headers.ContentType = new(method == "PATCH" ? "application/octet-stream" : "application/json");
        return content;
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static ByteArrayContent Octets(byte[] bytes)
    {
        ByteArrayContent content = new(bytes);
        content.Headers.ContentType = new("application/octet-stream");
        return content;
    }

    private static ByteArrayContent Typed(string text, string type)
    {
        ByteArrayContent content = new(Encoding.UTF8.GetBytes(text));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private static string Shortened(string text) => text.Length <= 160 ? text : text[..160] + "…";
}
