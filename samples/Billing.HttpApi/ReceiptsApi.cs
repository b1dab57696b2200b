using System.Globalization;
using System.Text.Json;
using Billing.LambdaEvents;

namespace Billing.HttpApi;

/// <summary><c>GET /receipts?limit=&amp;next=</c>, in a function also <c>GET /expenses</c>: the receipts in a ledger, newest first.</summary>
internal sealed class ReceiptsApi(IReceiptStore ledger, HttpReplies replies)
{
    /// <summary>Answers a request.</summary>
    public async Task<HttpApiResponse> AnswerAsync(HttpApiRequest request, CancellationToken cancellationToken)
    {
        switch (request.Method)
        {
            case "OPTIONS":
                return replies.Empty();
            case "GET" when HttpReplies.Path(request) is "/expenses" or "/receipts":
                break;
            default:
                return replies.Error(404, $"There is no {request.Method} {HttpReplies.Path(request)} here. Use GET /expenses.");
        }

        if (HttpReplies.PageOf(request) is not { } page)
        {
            return replies.Error(400, HttpReplies.LimitHint);
        }

        Page<Receipt> receipts;
        try
        {
            receipts = await ledger.GetReceiptsAsync(page, cancellationToken);
        }
        catch (ArgumentException)
        {
            return replies.Error(400, HttpReplies.NextHint);
        }

        return replies.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (Receipt receipt in receipts.Items)
            {
                Write(json, receipt);
            }

            json.WriteEndArray();
            json.WriteString("next", receipts.ContinuationToken);
            json.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter json, Receipt receipt)
    {
        json.WriteStartObject();
        json.WriteString("ReceiptID", receipt.Id);
        json.WriteString("Filename", receipt.FileName);
        json.WriteString("UploadDate", receipt.UploadedAt.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("Bucket", receipt.Bucket);
        json.WriteNumber("FileSize", receipt.Size);
        json.WriteString("Status", receipt.Status);
        if (receipt.Amount is { } amount)
        {
            json.WriteNumber("Amount", amount.Amount);
            json.WriteString("Currency", amount.Currency.Code);
        }

        json.WriteString("Merchant", receipt.Merchant);
        json.WriteString("ReceiptDate", receipt.Date?.ToString("O", CultureInfo.InvariantCulture));
        json.WriteStartArray("Flags");
        foreach (string flag in receipt.Flags)
        {
            json.WriteStringValue(flag);
        }

        json.WriteEndArray();
        json.WriteNumber("SightingsCount", receipt.Sightings);
        json.WriteString("LastSeen", receipt.LastSeenAt?.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("LastName", receipt.LastName);
        json.WriteEndObject();
    }
}
