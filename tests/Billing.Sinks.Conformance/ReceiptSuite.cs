using System.Security.Cryptography;
using System.Text;

namespace Billing.Sinks.Conformance;

/// <summary>Tests of receipts: the bytes are stored once, every upload is counted once, and none is missing from the listing.</summary>
public abstract class ReceiptSuite<TLedger> : IAsyncLifetime
    where TLedger : IReceiptsUnderTest, new()
{
    private static readonly DateTimeOffset s_start = new(2025, 6, 14, 10, 0, 0, TimeSpan.Zero);

    private readonly TLedger _underTest = new();

    protected ReceiptSuite() => Ledger = _underTest.ConnectReceipts();

    private IReceiptStore Ledger { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _underTest.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_new_receipt_is_stored_and_comes_back_whole()
    {
        Receipt bare = Receipt("bare");
        Receipt full = Receipt("full", "Beleg é 1.pdf") with
        {
            Bucket = "receipts",
            Amount = new Money(5000.10m, Currency.Parse("EUR")),
            Merchant = "Ärzte-Bar",
            Date = new DateOnly(2025, 6, 14),
            Flags = ["weekend", "merchant"],
            Alerts = ["weekend date"],
            UploadedAt = s_start.AddTicks(1).ToOffset(TimeSpan.FromHours(12)),
        };
        Assert.Equal(ReceiptOutcome.Stored, await AddAsync(bare, "1"));
        Assert.Equal(ReceiptOutcome.Stored, await AddAsync(full, "2"));

        Is(bare, 1, bare.UploadedAt, bare.FileName, await Ledger.FindReceiptAsync(bare.Id, Cancellation));
        Is(full, 1, full.UploadedAt, full.FileName, await Ledger.FindReceiptAsync(full.Id, Cancellation));
        Assert.Null(await Ledger.FindReceiptAsync(Id("absent"), Cancellation));
    }

    [Fact]
    public async Task The_same_bytes_under_another_name_are_a_sighting_of_the_first()
    {
        Receipt first = Receipt("1", "a.pdf") with { Flags = ["merchant"] };
        await AddAsync(first, "upload 1");
        Assert.Equal(ReceiptOutcome.Sighting, await AddAsync(first with { FileName = "b.pdf", Bucket = "other", UploadedAt = s_start.AddDays(1), Flags = [] }, "upload 2"));
        Is(first, 2, s_start.AddDays(1), "b.pdf", await Ledger.FindReceiptAsync(first.Id, Cancellation));

        // An event that arrives late is counted, but does not change the last sighting.
        Assert.Equal(ReceiptOutcome.Sighting, await AddAsync(first with { FileName = "c.pdf", UploadedAt = s_start.AddHours(1) }, "upload 3"));
        Is(first, 3, s_start.AddDays(1), "b.pdf", await Ledger.FindReceiptAsync(first.Id, Cancellation));
    }

    [Fact]
    public async Task An_event_that_is_delivered_again_changes_nothing()
    {
        Receipt receipt = Receipt("1");
        Assert.Equal(ReceiptOutcome.Stored, await AddAsync(receipt, "upload 1"));
        Assert.Equal(ReceiptOutcome.Repeated, await AddAsync(receipt with { UploadedAt = s_start.AddDays(1) }, "upload 1"));
        Assert.Equal(ReceiptOutcome.Sighting, await AddAsync(receipt, "upload 2"));
        Assert.Equal(ReceiptOutcome.Repeated, await AddAsync(receipt, "upload 2"));
        Assert.Equal(ReceiptOutcome.Repeated, await AddAsync(receipt, "upload 1"));
        Assert.Equal(2, (await Ledger.FindReceiptAsync(receipt.Id, Cancellation))!.Sightings);
    }

    [Fact]
    public async Task Deliveries_at_once_count_each_upload_once_and_store_one_receipt()
    {
        ReceiptOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(
            async () => await _underTest.ConnectReceipts().AddReceiptAsync(Receipt("1", $"{i % 4}.pdf"), new ReceiptUpload($"upload {i % 4}"), Cancellation),
            Cancellation)));

        Assert.Equal(1, outcomes.Count(outcome => outcome == ReceiptOutcome.Stored));
        Assert.Equal(3, outcomes.Count(outcome => outcome == ReceiptOutcome.Sighting));
        Assert.Equal(8, outcomes.Count(outcome => outcome == ReceiptOutcome.Repeated));
        Assert.Equal(4, (await Ledger.FindReceiptAsync(Id("1"), Cancellation))!.Sightings);
    }

    [Fact]
    public async Task A_flagged_receipt_alerts_once_however_often_it_is_seen()
    {
        Receipt receipt = new ReceiptAudit().Apply(Receipt("1") with { Merchant = "The Bar, Leeds", Date = new DateOnly(2025, 6, 16) });
        Assert.Equal(["named merchant"], receipt.Alerts);
        await AddAsync(receipt, "upload 1");
        await AddAsync(receipt, "upload 1");
        await AddAsync(receipt, "upload 2");

        Alarm alarm = new();
        SettableTime time = new();
        AlertSender sender = new((IAlertStore)Ledger, alarm, timeProvider: time);
        alarm.Fails = _ => true;
        Assert.Equal(new AlertSendReport(0, 1), await sender.SendAsync(Cancellation));
        alarm.Fails = _ => false;
        time.Now += TimeSpan.FromMinutes(5);
        Assert.Equal(new AlertSendReport(1, 0), await sender.SendAsync(Cancellation));
        Assert.Equal(new AlertSendReport(0, 0), await sender.SendAsync(Cancellation));
        BillingAlert alert = Assert.Single(alarm.Sent);
        Assert.Equal("Receipt flagged", alert.Subject);
        Assert.Contains("Merchant: The Bar, Leeds\n", alert.Message, StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(await ((IAlertStore)Ledger).GetAlertsAsync(RecordKey.Parse(receipt.Id), Cancellation)).SentAt);
    }

    [Fact]
    public async Task Two_thousand_receipts_are_listed_newest_first_and_none_is_lost()
    {
        // Many share a time, so a page may end among them.
        Receipt[] receipts = [.. Enumerable.Range(0, 2_000).Select(i => Receipt($"{i}") with { UploadedAt = s_start.AddSeconds(i * 7 % 500) })];
        await Parallel.ForEachAsync(receipts, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancellation }, async (receipt, _) => await AddAsync(receipt, "1"));

        List<Receipt> listed = [];
        PageRequest request = new() { PageSize = 333 };
        Page<Receipt> page;
        do
        {
            page = await Ledger.GetReceiptsAsync(request, Cancellation);
            Assert.True(page.ContinuationToken is null || page.Items.Count == request.PageSize);
            listed.AddRange(page.Items);
            request = request with { ContinuationToken = page.ContinuationToken };
        }
        while (page.ContinuationToken is not null);

        Assert.Equal(receipts.Select(receipt => receipt.Id).Order(), listed.Select(receipt => receipt.Id).Order());
        Assert.Equal(listed.Select(receipt => receipt.UploadedAt).OrderDescending(), listed.Select(receipt => receipt.UploadedAt));
    }

    [Fact]
    public async Task A_token_of_something_else_is_refused()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Ledger.GetReceiptsAsync(new PageRequest { ContinuationToken = "bm9uZQ" }, Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await AddAsync(Receipt("1") with { Id = "1" }, "1"));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await AddAsync(Receipt("1"), ""));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await AddAsync(Receipt("1", "\uD800.pdf"), "1"));
    }

    private static string Id(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    private static Receipt Receipt(string content, string name = "receipt.pdf") => new() { Id = Id(content), FileName = name, Size = 12_345_678_901, UploadedAt = s_start };

    private static void Is(Receipt added, long sightings, DateTimeOffset lastSeen, string lastName, Receipt? stored)
    {
        Assert.NotNull(stored);
        Assert.Equal(added.Flags, stored.Flags);
        Assert.Equal(added.Alerts, stored.Alerts);
        Assert.Equal(added with { Flags = [], Alerts = [], Sightings = sightings, LastSeenAt = lastSeen, LastName = lastName }, stored with { Flags = [], Alerts = [] });
    }

    private ValueTask<ReceiptOutcome> AddAsync(Receipt receipt, string upload) => Ledger.AddReceiptAsync(receipt, new ReceiptUpload(upload), Cancellation);
}
