using System.Globalization;
using System.Text;

namespace Billing.EndToEnd.Tests;

/// <summary>System 1: invoices of a bucket in the database.</summary>
public sealed class BillingCsvTests(SharedEnvironment shared)
{
    private const string Bucket = "billing-invoices";
    private const string Queue = "BillingCsvQueue";
    private const string Header = "id,company_name,country,city,product_line,item,bill_date,currency,bill_amount\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_in_the_bucket_is_in_the_database_in_dollars_and_its_bad_rows_in_quarantine()
    {
        LocalEnvironment environment = await shared.GetAsync();
        string key = NewKey("invoices.csv");
        await UploadAsync(environment, key, """
            1,Boulangerie Léa,Canada,Québec,Bakery,Pain,2025-06-02,CAD,100.00
            2,Lácteos San Miguel,Mexico,León,Dairy,Queso,2025-06-03,MXN,1000.00
            3,Prairie Meats,United States,Omaha,Meat,Beef,2025-06-04,USD,12.34
            4,Nowhere Foods,United States,Reno,Dairy,Milk,2025-06-05,ABC,10.00
            5,Late Bakers,United States,Reno,Bakery,Buns,2023/05/11,USD,10.00
            """);
        Assert.Equal((3, 146.34m), await StoredAsync(environment, key, rows: 3));
        Assert.Equal("bad_date,unknown_currency", Scalar(environment, $"SELECT GROUP_CONCAT(reason ORDER BY reason) FROM billing_quarantine WHERE source = '{Source(key)}'"));
        Assert.Equal("75.00", Scalar(environment, $"SELECT CAST(reporting_amount AS DECIMAL(20,2)) FROM billing_records WHERE source = '{Source(key)}' AND party = 'Boulangerie Léa'"));
    }

    [Fact]
    public async Task The_same_event_three_times_two_of_them_at_once_changes_nothing()
    {
        LocalEnvironment environment = await shared.GetAsync();
        string key = NewKey("thrice.csv");
        StoredObject stored = await UploadAsync(environment, key, string.Join('\n', Enumerable.Range(1, 300).Select(i => Row(i, key))));
        (int, decimal) first = await StoredAsync(environment, key, rows: 300);
        await Eventually.DrainedAsync(environment, Queue);
        await Task.WhenAll(environment.Client.NotifyAsync([stored], Token), environment.Client.NotifyAsync([stored], Token));
        _ = await Eventually.BecomesAsync(() => Task.FromResult(Scalar(environment, $"SELECT COUNT(*) FROM billing_runs WHERE source = '{Source(key)}'")), runs => runs == "3");
        await Eventually.DrainedAsync(environment, Queue);

        Assert.Equal(first, await StoredAsync(environment, key, rows: 300));
        Assert.Equal("3", Scalar(environment, $"SELECT SUM(balanced) FROM billing_runs WHERE source = '{Source(key)}'"));
        Assert.Equal("900", Scalar(environment, $"SELECT SUM(rows_read) FROM billing_runs WHERE source = '{Source(key)}'"));
        Assert.Equal("600", Scalar(environment, $"SELECT SUM(rows_duplicate) FROM billing_runs WHERE source = '{Source(key)}'"));
    }

    [Theory]
    [InlineData("a+b.csv")]
    [InlineData("in coming/été %20.csv")]
    [InlineData("100%25/2025=06&07.csv")]
    public async Task A_key_of_any_characters_is_found(string name)
    {
        LocalEnvironment environment = await shared.GetAsync();
        string key = NewKey(name);
        await UploadAsync(environment, key, Row(1, key));
        Assert.Equal(1, (await StoredAsync(environment, key, rows: 1)).Rows);
    }

    [Fact]
    public async Task Two_records_in_one_event_are_both_handled()
    {
        LocalEnvironment environment = await shared.GetAsync();
        string[] keys = [NewKey("one.csv"), NewKey("two.csv")];
        List<StoredObject> stored = [];
        foreach (string key in keys)
        {
            stored.Add(await environment.Client.PutAsync(Bucket, key, Content(Row(1, key)), Token));
        }

        await environment.Client.NotifyAsync(stored, Token);
        foreach (string key in keys)
        {
            Assert.Equal(1, (await StoredAsync(environment, key, rows: 1)).Rows);
        }
    }

    [Fact]
    public async Task Credentials_may_change_between_two_runs()
    {
        LocalEnvironment environment = await shared.GetAsync();
        string before = NewKey("before.csv");
        string after = NewKey("after.csv");
        await UploadAsync(environment, before, Row(1, before));
        _ = await StoredAsync(environment, before, rows: 1);
        await Eventually.DrainedAsync(environment, Queue);
        int process = Assert.Single(environment.ProcessesOf("billing-csv").Take(1));

        environment.RotateDatabasePassword();
        await UploadAsync(environment, after, Row(1, after));
        _ = await StoredAsync(environment, after, rows: 1);

        // The same process: it has read the secret again.
        Assert.Contains(process, environment.ProcessesOf("billing-csv"));
    }

    [Fact]
    public async Task The_files_of_the_samples_are_stored_to_the_last_good_row()
    {
        LocalEnvironment environment = await shared.GetAsync();
        foreach (string line in (string[])["bakery", "dairy", "meat"])
        {
            string key = NewKey(line + ".csv");
            FileStream file = File.OpenRead(Repository.PathTo("samples", "data", $"billing_data_{line}_june_2025.csv"));
            await using (file)
            {
                _ = await environment.Client.UploadAsync(Bucket, key, file, Token);
            }

            // A run is on record from its beginning, with nothing yet.
            string accounted = await Eventually.BecomesAsync(
                () => Task.FromResult(Scalar(environment, $"SELECT rows_stored + rows_duplicate + rows_quarantined FROM billing_runs WHERE source = '{Source(key)}' AND status <> 'Running'") ?? ""),
                text => text.Length > 0);
            Assert.Equal("15", accounted);
        }
    }

    private static string NewKey(string name) => $"{Guid.NewGuid():N}/{name}";

    private static string Source(string key) => $"s3://{Bucket}/{key}";

    // Rows of different files are different rows.
    private static string Row(int number, string key) =>
        string.Create(CultureInfo.InvariantCulture, $"{number},Prairie Meats,United States,Omaha,Meat,Beef {key[..32]} {number},2025-06-04,USD,{number}.25");

    private static MemoryStream Content(string rows) => new(Encoding.UTF8.GetBytes(Header + rows));

    private static string? Scalar(LocalEnvironment environment, string sql)
    {
        try
        {
            return environment.Database!.Scalar(sql, "billing");
        }
        catch (System.Data.Common.DbException exception) when (exception.Message.Contains("doesn't exist", StringComparison.Ordinal))
        {
            // The function has not made its tables yet.
            return null;
        }
    }

    private static async Task<(int Rows, decimal Dollars)> StoredAsync(LocalEnvironment environment, string key, int rows)
    {
        string text = await Eventually.BecomesAsync(
            () => Task.FromResult(Scalar(environment, $"SELECT CONCAT(COUNT(*), ' ', COALESCE(SUM(reporting_amount), 0)) FROM billing_records WHERE source = '{Source(key)}'") ?? ""),
            text => text.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{rows} "), StringComparison.Ordinal));
        string[] parts = text.Split(' ');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), decimal.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static async Task<StoredObject> UploadAsync(LocalEnvironment environment, string key, string rows) => await environment.Client.UploadAsync(Bucket, key, Content(rows), Token);
}
