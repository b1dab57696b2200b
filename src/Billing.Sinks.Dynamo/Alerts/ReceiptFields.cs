using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Billing.Sinks.Dynamo.Alerts;

/// <summary>Converts a receipt to attributes, and back.</summary>
internal static class ReceiptFields
{
    public const string Id = "ReceiptID";
    public const string FileName = "Filename";
    public const string UploadDate = "UploadDate";
    public const string Sightings = "SightingsCount";
    public const string LastSeen = "LastSeen";
    public const string LastName = "LastName";
    public const string Uploads = "Uploads";
    public const string WriteId = "WriteId";
    public const string Ledger = "Ledger";
    public const string InLedger = "receipts";
    public const string ByUpload = "by-upload";
    public const string ByAlert = "by-alert";
    public const string AlertState = "AlertState";
    public const string AlertDue = "AlertDue";
    public const string AlertList = "AlertList";

    private const string Bucket = "Bucket";
    private const string FileSize = "FileSize";
    private const string Status = "Status";
    private const string Amount = "Amount";
    private const string Merchant = "Merchant";
    private const string ReceiptDate = "ReceiptDate";
    private const string Flags = "Flags";
    private const string Alerts = "Alerts";

    /// <summary>Returns the shape of the table.</summary>
    public static TableShape Shape(string table) => new(
        table, [(Id, ScalarAttributeType.S)], [(ByUpload, Ledger, UploadDate), (ByAlert, AlertState, AlertDue)]);

    /// <summary>Writes a receipt when it is first seen.</summary>
    public static ItemBuilder Write(Receipt receipt, ReceiptUpload upload, string writeId)
    {
        ItemBuilder item = new();
        item.Text(Id, receipt.Id);
        item.Text(FileName, receipt.FileName);
        item.Text(UploadDate, InstantText.Of(receipt.UploadedAt));
        item.Text(Bucket, receipt.Bucket);
        item.Number(FileSize, receipt.Size);
        item.Text(Status, receipt.Status);
        if (receipt.Amount is { } amount)
        {
            item.Exact(Amount, amount.Amount);
            item.Text("Currency", amount.Currency.Code);
        }

        item.Text(Merchant, receipt.Merchant);
        item.Text(ReceiptDate, receipt.Date?.ToString("O", CultureInfo.InvariantCulture));
        WriteTexts(item, Flags, receipt.Flags);
        WriteTexts(item, Alerts, receipt.Alerts);
        item.Number(Sightings, receipt.Sightings);
        item.Text(LastSeen, InstantText.Of(receipt.LastSeenAt!.Value));
        item.Text(LastName, receipt.LastName);
        item.Text(Ledger, InLedger);
        item.Text(WriteId, writeId);
        item.Item.Add(Uploads, new AttributeValue { SS = [upload.Id] });
        return item;
    }

    /// <summary>Reads what <see cref="Write"/>, or another program with the same attributes, wrote.</summary>
    public static Receipt Read(Dictionary<string, AttributeValue> item)
    {
        DateTimeOffset uploadedAt = Instant(RecordItem.Required(item, UploadDate));
        string fileName = RecordItem.Required(item, FileName);
        return new Receipt
        {
            Id = RecordItem.Required(item, Id),
            FileName = fileName,
            Bucket = ItemBuilder.ReadText(item, Bucket),
            Size = RecordItem.Int64(item, FileSize),
            UploadedAt = uploadedAt,
            Status = ItemBuilder.ReadText(item, Status) ?? Receipt.Processed,
            Amount = ItemBuilder.ReadText(item, "Currency") is { } currency ? new Money(ItemBuilder.ReadExact(item, Amount), Currency.Parse(currency)) : null,
            Merchant = ItemBuilder.ReadText(item, Merchant),
            Date = ItemBuilder.ReadText(item, ReceiptDate) is { } date ? DateOnly.ParseExact(date, "O", CultureInfo.InvariantCulture) : null,
            Flags = ReadTexts(item, Flags),
            Alerts = ReadTexts(item, Alerts),
            Sightings = item.ContainsKey(Sightings) ? RecordItem.Int64(item, Sightings) : 1,
            LastSeenAt = ItemBuilder.ReadText(item, LastSeen) is { } seen ? Instant(seen) : uploadedAt,
            LastName = ItemBuilder.ReadText(item, LastName) ?? fileName,
        };
    }

    /// <summary>Whether an upload of a receipt is counted.</summary>
    public static bool HasUpload(Dictionary<string, AttributeValue> item, ReceiptUpload upload) =>
        item.TryGetValue(Uploads, out AttributeValue? uploads) && uploads.SS?.Contains(upload.Id) == true;

    private static void WriteTexts(ItemBuilder item, string name, IReadOnlyList<string> texts)
    {
        if (JsonText.ToBytes(texts) is { } json)
        {
            item.Utf8(name, json);
        }
    }

    private static IReadOnlyList<string> ReadTexts(Dictionary<string, AttributeValue> item, string name) =>
        JsonText.ReadTexts(Encoding.UTF8.GetBytes(ItemBuilder.ReadText(item, name) ?? ""));

    // Other programs write ISO 8601 too, with or without an offset.
    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
