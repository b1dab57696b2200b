using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Billing.Sinks.Dynamo;

namespace Billing.EndToEnd.Tests;

/// <summary>System 2: receipts of a bucket in their ledger, and the API that reads it.</summary>
public sealed class ReceiptTests(SharedEnvironment shared) : IDisposable
{
    private const string Bucket = "bille-receipts";
    private const string Queue = "ReceiptQueue";
    private const string Table = "BillE_Expenses";

    private readonly HttpClient _http = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_receipt_uploaded_twice_under_two_names_is_one_entry_with_two_sightings()
    {
        LocalEnvironment environment = await shared.GetAsync();
        byte[] content = Encoding.UTF8.GetBytes($"receipt {Guid.NewGuid()}");
        _ = await environment.Client.UploadAsync(Bucket, "lunch.txt", new MemoryStream(content), Token);
        _ = await Eventually.BecomesAsync(() => EntryAsync(environment, content), entry => entry is not null);
        _ = await environment.Client.UploadAsync(Bucket, "copies/lunch (1).txt", new MemoryStream(content), Token);
        JsonElement entry = (await Eventually.BecomesAsync(() => EntryAsync(environment, content), entry => entry?.GetProperty("SightingsCount").GetInt64() == 2))!.Value;

        Assert.Equal("lunch.txt", entry.GetProperty("Filename").GetString());
        Assert.Equal("copies/lunch (1).txt", entry.GetProperty("LastName").GetString());
        Assert.Equal(Bucket, entry.GetProperty("Bucket").GetString());
        Assert.Equal(content.Length, entry.GetProperty("FileSize").GetInt64());
        Assert.Equal("Processed", entry.GetProperty("Status").GetString());
    }

    [Fact]
    public async Task The_same_event_delivered_again_is_no_second_sighting()
    {
        LocalEnvironment environment = await shared.GetAsync();
        byte[] content = Encoding.UTF8.GetBytes($"receipt {Guid.NewGuid()}");
        StoredObject stored = await environment.Client.UploadAsync(Bucket, $"{Guid.NewGuid()}.txt", new MemoryStream(content), Token);
        await environment.Client.NotifyAsync([stored], Token);
        await environment.Client.NotifyAsync([stored], Token);
        _ = await Eventually.BecomesAsync(() => EntryAsync(environment, content), entry => entry is not null);
        await Eventually.DrainedAsync(environment, Queue);
        Assert.Equal(1, (await EntryAsync(environment, content))!.Value.GetProperty("SightingsCount").GetInt64());
    }

    [Fact]
    public async Task The_test_event_of_a_bucket_is_passed_over()
    {
        LocalEnvironment environment = await shared.GetAsync();
        await environment.Client.SendAsync(Queue, """{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2025-06-01T00:00:00.000Z","Bucket":"bille-receipts","RequestId":"1","HostId":"2"}""", Token);
        await Eventually.DrainedAsync(environment, Queue);
        Assert.Equal(0, (await environment.Client.DeadLettersOf(Queue).GetCountsAsync(Token)).Waiting);
    }

    [Fact]
    public async Task A_file_of_200_megabytes_is_hashed_in_bounded_memory()
    {
        const int megabytes = 200;
        LocalEnvironment environment = await shared.GetAsync();
        string path = Path.GetTempFileName();
        try
        {
            string id;
            FileStream file = new(path, FileMode.Create, FileAccess.ReadWrite);
            await using (file)
            {
                byte[] block = new byte[1024 * 1024];
                Random random = new(20_250_601);
                for (int i = 0; i < megabytes; i++)
                {
                    random.NextBytes(block);
                    await file.WriteAsync(block, Token);
                }

                file.Position = 0;
                id = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, Token));
                file.Position = 0;
                _ = await environment.Client.UploadAsync(Bucket, "scan.tiff", file, Token);
            }

            _ = await Eventually.BecomesAsync(() => EntryAsync(environment, id), entry => entry is not null);
            long peak = environment.ProcessesOf("receipts").Max(PeakKibibytes);
            Assert.True(peak < megabytes * 1024, $"The function took {peak} KiB.");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task The_API_pages_through_2000_entries_newest_first()
    {
        const int count = 2_000;
        LocalEnvironment environment = await shared.GetAsync();
        _ = await PageAsync(environment, 1, null);
        using Amazon.DynamoDBv2.AmazonDynamoDBClient client = environment.Client.NewDynamoDb();
        DynamoReceiptStore ledger = new(client, new DynamoReceiptStoreOptions { TableName = Table });
        string mark = Guid.NewGuid().ToString("N");
        DateTimeOffset start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token }, async (i, token) =>
        {
            string id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{mark} {i}")));
            Receipt receipt = new() { Id = id, Size = i, FileName = $"{mark}-{i}", Bucket = Bucket, UploadedAt = start.AddMinutes(i) };
            _ = await ledger.AddReceiptAsync(receipt, ReceiptUpload.OfObject(Bucket, receipt.FileName, "1"), token);
        });

        List<string> names = [];
        List<string> dates = [];
        string? next = null;
        do
        {
            JsonElement page = await PageAsync(environment, 300, next);
            foreach (JsonElement item in page.GetProperty("items").EnumerateArray())
            {
                names.Add(item.GetProperty("Filename").GetString()!);
                dates.Add(item.GetProperty("UploadDate").GetString()!);
            }

            next = page.GetProperty("next").GetString();
        }
        while (next is not null);

        Assert.Equal(dates.OrderDescending(StringComparer.Ordinal), dates);
        string[] seeded = [.. names.Where(name => name.StartsWith(mark, StringComparison.Ordinal))];
        Assert.Equal(Enumerable.Range(0, count).Reverse().Select(i => $"{mark}-{i}"), seeded);
    }

    [Fact]
    public async Task Another_site_may_read_and_a_preflight_says_so()
    {
        LocalEnvironment environment = await shared.GetAsync();
        using HttpRequestMessage preflight = new(HttpMethod.Options, new Uri(environment.State.ReceiptsApi, "/expenses"));
        preflight.Headers.Add("Origin", "https://books.example.com");
        preflight.Headers.Add("Access-Control-Request-Method", "GET");
        using HttpResponseMessage response = await _http.SendAsync(preflight, Token);
        Assert.Equal(204, (int)response.StatusCode);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    public void Dispose() => _http.Dispose();

    private static long PeakKibibytes(int process) => long.Parse(
        File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    private Task<JsonElement?> EntryAsync(LocalEnvironment environment, byte[] content) => EntryAsync(environment, Convert.ToHexStringLower(SHA256.HashData(content)));

    private async Task<JsonElement?> EntryAsync(LocalEnvironment environment, string id)
    {
        JsonElement page = await PageAsync(environment, 100, null);
        foreach (JsonElement item in page.GetProperty("items").EnumerateArray())
        {
            if (item.GetProperty("ReceiptID").GetString() == id)
            {
                return item;
            }
        }

        return null;
    }

    private async Task<JsonElement> PageAsync(LocalEnvironment environment, int limit, string? next)
    {
        string query = string.Create(CultureInfo.InvariantCulture, $"/expenses?limit={limit}") + (next is null ? "" : "&next=" + Uri.EscapeDataString(next));
        using HttpResponseMessage response = await _http.GetAsync(new Uri(environment.State.ReceiptsApi, query), Token);
        string body = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonDocument.Parse(body).RootElement;
    }
}
