using System.Text;

namespace Billing.Web.Browser.Tests;

/// <summary>A host with the books of a small firm: invoices of two months, some of which need mending, expenses, a receipt that came twice.</summary>
public sealed class FilledHost : IAsyncLifetime
{
    private const string May = """
        id,company_name,product_line,item,bill_date,currency,bill_amount
        101,Fromagerie du Fleuve,Dairy,"Cheddar, aged",2025-05-05,CAD,6210.00
        102,Green Pasture Dairy,Dairy,Whole milk,2025-05-12,USD,5140.60
        103,Golden Crust Co.,Bakery,Rye bread,2025-05-20,USD,3200.00
        104,High Plains Beef,Meat,Brisket,2025-05-08,USD,9800.00
        105,Alberta Prime,Meat,Striploin,2025-05-15,CAD,7150.00
        106,Smoky Hollow,Meat,Bacon,2025-05-27,USD,4410.20

        """;

    private const string Card = """
        date,company,amount,currency,status
        2025-06-02,Corner Cafe,4.50,USD,PENDING
        2025-06-02,Corner Cafe,4.50,USD,PENDING
        2025-06-03,Corner Cafe,4.50,USD,POSTED
        2025-06-04,Petrol Station,100.00,CAD,PENDING

        """;

    private const string CardLayout = """{ "columns": { "status": "status" }, "pending": { "values": ["PENDING"], "posted": ["POSTED"], "match": { "days": 5 }, "days": 366 } }""";

    private RunningHost? _host;

    /// <summary>The address of the host.</summary>
    public string Address => _host?.Address ?? throw new InvalidOperationException("The host was not started.");

    public async ValueTask InitializeAsync()
    {
        _host = await RunningHost.StartAsync();
        using Books books = new(_host.Address);
        await books.ImportSampleAsync("billing_data_dairy_june_2025.csv");
        await books.ImportSampleAsync("billing_data_meat_june_2025.csv");
        await books.ImportAsync("may.csv", Encoding.UTF8.GetBytes(May), SourceLayout.Load(Repository.PathTo("samples", "data", "layout.invoices.json")));
        await books.EnterAsync("2025-06-03", "Taxi to the station", "23.40", party: "City Cabs");
        await books.EnterAsync("2025-06-11", "Printer paper", "18.00");
        await books.EnterAsync("2025-06-20", "Taxi to the airport", "61.75", "CAD", "Maple Taxi");
        await books.SetBudgetsAsync("""{ "budgets": [ { "amount": 60000 }, { "category": "Dairy", "amount": 18000 }, { "category": "Meat", "amount": 40000 }, { "category": "Travel", "amount": 85 } ] }""");
        await books.ImportAsync("card.csv", Encoding.UTF8.GetBytes(Card), SourceLayout.Parse(CardLayout));
        await books.UploadReceiptAsync("taxi.txt", "City Cabs 23.40");
        await books.UploadReceiptAsync("taxi-again.txt", "City Cabs 23.40");
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }
}
