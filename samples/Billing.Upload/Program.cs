using Billing;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddBilling(billing => billing
    .UseReportingCurrency("EUR")
    .UseExchangeRates(FixedRates.Parse("USD=0.92, GBP=1.17", quote: "EUR"))
    .AddSqliteSink(builder.Configuration["Store"] ?? "Data Source=billing.db"));
WebApplication app = builder.Build();

app.MapPut("/files/{name}", async (string name, HttpRequest request, BillingPipeline pipeline, CancellationToken cancellationToken) =>
{
    try
    {
        IngestReport report = await pipeline.IngestAsync(BillingSource.Stream(name, request.Body), cancellationToken);
        return Results.Text(report.ToString(), statusCode: report.Quarantined.Rows + report.Conflict.Rows == 0 ? 200 : 202);
    }
    catch (SourceFormatException unreadable)
    {
        return Results.Problem(unreadable.Message, statusCode: 422);
    }
});

app.MapGet("/totals", async (IBillingStore store, CancellationToken cancellationToken) =>
    Results.Json((await store.SummarizeAsync(SummaryBy.Month, new RecordQuery(), cancellationToken))
        .Select(month => new { month = month.Group, rows = month.Reporting.Rows, total = month.Reporting["EUR"].ToString() })));

await app.RunAsync();
