using System.Globalization;
using System.Text.Json;
using Billing.LambdaEvents;

namespace Billing.HttpApi;

/// <summary><c>GET /expenses</c> (filters, pages) and <c>GET /totals?by=month|day|category|currency</c> over a ledger.</summary>
internal sealed class ExpensesApi(IBillingStore ledger, HttpReplies replies)
{
    private readonly RecordsApi _records = new(ledger, replies, [("month", SummaryBy.Month), ("day", SummaryBy.Day), ("category", SummaryBy.Category), ("currency", SummaryBy.Currency)]);

    /// <summary>Returns a page of expenses.</summary>
    public Task<HttpApiResponse> ListAsync(HttpApiRequest request, CancellationToken cancellationToken) => _records.ListAsync(request, Write, cancellationToken);

    /// <summary>Returns exact totals by group.</summary>
    public Task<HttpApiResponse> TotalsAsync(HttpApiRequest request, CancellationToken cancellationToken) => _records.TotalsAsync(request, cancellationToken);

    private static void Write(Utf8JsonWriter json, BillingRecord record)
    {
        json.WriteString("expenseId", record.SourceId);
        json.WriteNumber("amount", record.Amount.Amount);
        json.WriteString("currency", record.Amount.Currency.Code);
        json.WriteNumber("amountUsd", record.ReportingAmount.Amount);
        json.WriteString("date", record.Date.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("timestamp", record.Instant?.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("description", record.Description);
        json.WriteString("category", record.Category);
    }
}
