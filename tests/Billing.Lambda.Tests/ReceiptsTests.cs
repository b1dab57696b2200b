using System.Text.Json;
using Billing.LambdaEvents;

namespace Billing.Lambda.Tests;

public sealed class ReceiptsTests(Emulators emulators)
{
    [Fact]
    public async Task The_same_bytes_under_two_names_are_one_entry_with_two_sightings()
    {
        string folder = Emulators.NewName("receipts");
        string table = Emulators.NewName("BillE_Expenses");
        await emulators.PutAsync($"{folder}/a.pdf", "the same bytes");
        await emulators.PutAsync($"{folder}/b.pdf", "the same bytes");
        Dictionary<string, string?> variables = emulators.Environments(("RECEIPTS_TABLE", table));
        await using RunningFunction function = await RunningFunction.StartAsync("receipts", variables);
        string batch = Events.Sqs(Events.S3(($"{folder}/a.pdf", "01"), ($"{folder}/b.pdf", "02")), """{"Event":"s3:TestEvent"}""", "no event", Events.S3($"{folder}/nowhere.pdf"));
        Assert.Equal(["m2", "m3"], Events.Failures(await function.SucceedAsync(batch)));
        Assert.Equal(["m2", "m3"], Events.Failures(await function.SucceedAsync(batch)));

        await using RunningFunction api = await RunningFunction.StartAsync("receipts-api", variables);
        (HttpApiResponse response, JsonElement body) = Events.Answer(await api.SucceedAsync(Events.Http("GET", "/expenses")));
        Assert.Equal((200, "*"), (response.StatusCode, response.Headers["access-control-allow-origin"]));
        JsonElement receipt = Assert.Single(body.GetProperty("items").EnumerateArray());
        Assert.Equal(
            ($"{folder}/a.pdf", Emulators.Bucket, 14, "Processed", 2, $"{folder}/b.pdf"),
            (receipt.GetProperty("Filename").GetString(), receipt.GetProperty("Bucket").GetString(), receipt.GetProperty("FileSize").GetInt32(), receipt.GetProperty("Status").GetString(),
                receipt.GetProperty("SightingsCount").GetInt32(), receipt.GetProperty("LastName").GetString()));
    }

    [Fact]
    public async Task The_ledger_is_listed_page_by_page_newest_first()
    {
        string folder = Emulators.NewName("pages");
        Dictionary<string, string?> variables = emulators.Environments(("RECEIPTS_TABLE", Emulators.NewName("receipts")), ("CORS_ORIGIN", "https://bills.example"));
        await using RunningFunction function = await RunningFunction.StartAsync("receipts", variables);
        string[] keys = [.. Enumerable.Range(0, 7).Select(i => $"{folder}/{i}.pdf")];
        await Task.WhenAll(keys.Select(key => emulators.PutAsync(key, key)));
        Assert.Empty(Events.Failures(await function.SucceedAsync(Events.Sqs([.. keys.Select(key => Events.S3(key))]))));

        await using RunningFunction api = await RunningFunction.StartAsync("receipts-api", variables);
        List<string> seen = [];
        string? next = null;
        do
        {
            Dictionary<string, string> query = new() { ["limit"] = "3" };
            if (next is not null)
            {
                query["next"] = next;
            }

            (HttpApiResponse response, JsonElement page) = Events.Answer(await api.SucceedAsync(Events.Http("GET", "/expenses", query: query)));
            Assert.Equal("https://bills.example", response.Headers["access-control-allow-origin"]);
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("Filename").GetString()!));
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);

        Assert.Equal(keys, seen.Order(StringComparer.Ordinal));
        Assert.Equal(400, Events.Answer(await api.SucceedAsync(Events.Http("GET", "/expenses", query: new() { ["limit"] = "0" }))).Response.StatusCode);
        Assert.Equal(400, Events.Answer(await api.SucceedAsync(Events.Http("GET", "/expenses", query: new() { ["next"] = "nonsense" }))).Response.StatusCode);
        Assert.Equal(404, Events.Answer(await api.SucceedAsync(Events.Http("GET", "/nothing"))).Response.StatusCode);
        Assert.Equal(204, Events.Answer(await api.SucceedAsync(Events.Http("OPTIONS", "/expenses"))).Response.StatusCode);
    }
}
