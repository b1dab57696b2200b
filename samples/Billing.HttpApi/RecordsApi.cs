using System.Globalization;
using System.Text.Json;
using Billing.LambdaEvents;

namespace Billing.HttpApi;

/// <summary>The part that HTTP APIs share for reading a ledger: its records, filtered and in pages, and totals over them.</summary>
/// <param name="ledger">The ledger.</param>
/// <param name="replies">Writes the responses.</param>
/// <param name="groups">What totals can be grouped by, with the words of the API; the first is the default.</param>
internal sealed class RecordsApi(IBillingStore ledger, HttpReplies replies, IReadOnlyList<(string Word, SummaryBy By)> groups)
{
    /// <summary>Returns a page of records: <c>?from=&amp;to=&amp;category=&amp;currency=&amp;text=&amp;limit=&amp;next=</c>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="write">Writes the members of one record.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<HttpApiResponse> ListAsync(HttpApiRequest request, Action<Utf8JsonWriter, BillingRecord> write, CancellationToken cancellationToken)
    {
        if (HttpReplies.PageOf(request) is not { } page)
        {
            return replies.Error(400, HttpReplies.LimitHint);
        }

        if (!TryReadFilter(request, out RecordQuery filter, out string? error))
        {
            return replies.Error(400, error!);
        }

        Page<BillingRecord> records;
        try
        {
            records = await ledger.QueryAsync(filter with { PageSize = page.PageSize, ContinuationToken = page.ContinuationToken }, cancellationToken);
        }
        catch (ArgumentException)
        {
            return replies.Error(400, HttpReplies.NextHint);
        }

        return replies.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (BillingRecord record in records.Items)
            {
                json.WriteStartObject();
                write(json, record);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("next", records.ContinuationToken);
            json.WriteEndObject();
        });
    }

    /// <summary>Returns exact totals by group, and over all: <c>?by=</c> and the filters of the list.</summary>
    public async Task<HttpApiResponse> TotalsAsync(HttpApiRequest request, CancellationToken cancellationToken)
    {
        string word = request.Query("by") is { Length: > 0 } stated ? stated : groups[0].Word;
        (string? found, SummaryBy by) = groups.FirstOrDefault(group => group.Word == word);
        if (found is null)
        {
            return replies.Error(400, $"'by' must be {string.Join(", ", groups.SkipLast(1).Select(group => group.Word))} or {groups[^1].Word}.");
        }

        if (!TryReadFilter(request, out RecordQuery filter, out string? error))
        {
            return replies.Error(400, error!);
        }

        IReadOnlyList<SummaryRow> rows = await ledger.SummarizeAsync(by, filter, cancellationToken);
        return replies.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (SummaryRow row in rows)
            {
                json.WriteStartObject();
                json.WriteString("group", row.Group);
                Write(json, row.Billed, row.Reporting);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("total");
            Write(json, Sum(rows.Select(row => row.Billed)), Sum(rows.Select(row => row.Reporting)));
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static ControlTotals Sum(IEnumerable<ControlTotals> totals) => totals.Aggregate(ControlTotals.Zero, (sum, more) => sum + more);

    private static bool TryReadFilter(HttpApiRequest request, out RecordQuery query, out string? error)
    {
        query = new RecordQuery { Category = Value("category"), Text = Value("text"), Currency = Value("currency")?.ToUpperInvariant() };
        foreach (string name in (string[])["from", "to"])
        {
            if (Value(name) is not { } text)
            {
                continue;
            }

            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
            {
                error = $"'{name}' must be a day such as 2025-06-17.";
                return false;
            }

            query = name == "from" ? query with { From = day } : query with { To = day };
        }

        error = null;
        return true;

        string? Value(string name) => request.Query(name) is { Length: > 0 } value ? value : null;
    }

    private static void Write(Utf8JsonWriter json, ControlTotals billed, ControlTotals reporting)
    {
        json.WriteNumber("count", reporting.Rows);
        Write(json, "billed", billed);
        Write(json, "reporting", reporting);
    }

    private static void Write(Utf8JsonWriter json, string name, ControlTotals totals)
    {
        json.WriteStartObject(name);
        foreach ((string currency, ExactSum sum) in totals.Money)
        {
            json.WritePropertyName(currency);
            json.WriteRawValue(sum.ToString());
        }

        json.WriteEndObject();
    }
}
