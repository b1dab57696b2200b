using System.Text.Json;

namespace Billing.Lambda.Tests;

public sealed class BillingCsvShardTests(Emulators emulators)
{
    private const string Sums = "SELECT CONCAT(COUNT(*), ' ', TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM SUM(reporting_amount)))) FROM billing_records";

    [Fact]
    public async Task Shards_in_any_order_and_twice_make_the_ledger_that_the_whole_file_makes()
    {
        (string secret, string database) = NewDatabase();
        await using RunningFunction function = await RunningFunction.StartAsync("billing-csv-shard", emulators.Environments(("DB_SECRET_NAME", secret)));
        string[] shards = [.. Enumerable.Range(0, 4).Select(shard => Shard([.. Enumerable.Range(shard * 25, 25).Select(Row)]))];
        foreach (int shard in (int[])[2, 0, 3, 2, 1, 0])
        {
            await function.SucceedAsync(shards[shard]);
        }

        Assert.Equal("100 5050", SharedMySql.Instance.Scalar(Sums, database));
        InvocationResult again = await function.SucceedAsync(shards[1]);
        Assert.Contains("\"read\":25,\"stored\":0,\"duplicate\":25", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_position_equal_rows_are_kept_two_files_stay_apart_and_a_second_delivery_adds_nothing()
    {
        (string secret, string database) = NewDatabase();
        await using RunningFunction function = await RunningFunction.StartAsync("billing-csv-shard", emulators.Environments(("DB_SECRET_NAME", secret)));

        // Rows 0 to 9 are equal to rows 10 to 19, and the other file has the same once more.
        string[] shards = [.. ((string[])["large.csv", "other.csv"]).SelectMany(key => Enumerable.Range(0, 2).Select(shard => Shard(key, "position", Enumerable.Range(0, 10).Select(i => ((shard * 10) + i, Row(i))))))];
        foreach (int shard in (int[])[3, 0, 1, 0, 2, 3])
        {
            await function.SucceedAsync(shards[shard]);
        }

        Assert.Equal("40 220", SharedMySql.Instance.Scalar(Sums, database));
        Assert.Equal("s3://inbox/large.csv,s3://inbox/other.csv", SharedMySql.Instance.Scalar("SELECT GROUP_CONCAT(DISTINCT CONVERT(scope USING utf8mb4) ORDER BY scope) FROM billing_records", database));
        Assert.Equal("1,20", SharedMySql.Instance.Scalar("SELECT CONCAT_WS(',', MIN(0 + JSON_VALUE(attributes, '$.file_row')), MAX(0 + JSON_VALUE(attributes, '$.file_row'))) FROM billing_records", database));
        Dictionary<string, string> taken = Row(0);
        taken["file_row"] = "1";
        InvocationResult refused = await function.InvokeAsync(Shard("position", taken));
        Assert.Contains("file_row", refused.Text, StringComparison.Ordinal);
        Assert.False(refused.Succeeded);
    }

    [Fact]
    public async Task A_bad_row_of_a_shard_costs_itself_and_other_content_under_an_id_is_a_conflict()
    {
        (string secret, string database) = NewDatabase();
        await using RunningFunction function = await RunningFunction.StartAsync("billing-csv-shard", emulators.Environments(("DB_SECRET_NAME", secret)));
        Dictionary<string, string> unknown = Row(1);
        unknown["currency"] = "ABC";
        Dictionary<string, string> other = Row(2);
        other["bill_amount"] = "77.00";
        InvocationResult result = await function.SucceedAsync(Shard(Row(0), unknown, Row(2), other));
        Assert.Contains("\"read\":4,\"stored\":2,\"duplicate\":0,\"conflict\":1,\"quarantined\":1", result.Text, StringComparison.Ordinal);
        Assert.Equal("conflict,unknown_currency", SharedMySql.Instance.Scalar("SELECT GROUP_CONCAT(reason ORDER BY reason) FROM billing_quarantine", database));
    }

    [Theory]
    [InlineData("content", "a shard does not know the rows before it")]
    [InlineData("columns:nothing", "nothing")]
    public async Task An_identity_that_a_shard_cannot_have_fails(string identity, string message)
    {
        (string secret, _) = NewDatabase();
        await using RunningFunction function = await RunningFunction.StartAsync("billing-csv-shard", emulators.Environments(("DB_SECRET_NAME", secret)));
        InvocationResult result = await function.InvokeAsync(Shard(identity, Row(0)));
        Assert.False(result.Succeeded);
        Assert.Contains(message, result.Text, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Row(int i) => new()
    {
        ["id"] = $"{i}", ["company_name"] = "Acme, \"Ltd\"", ["country"] = "CA", ["city"] = "Montréal", ["product_line"] = "Bakery", ["item"] = "Bread",
        ["bill_date"] = "2025-06-17", ["currency"] = "USD", ["bill_amount"] = $"{i + 1}.00",
    };

    private static string Shard(params Dictionary<string, string>[] rows) => Shard("columns:id", rows);

    private static string Shard(string identity, params Dictionary<string, string>[] rows) => Shard("large.csv", identity, rows.Index());

    private static string Shard(string key, string identity, IEnumerable<(int Row, Dictionary<string, string> Value)> rows) =>
        JsonSerializer.Serialize(new { BatchInput = new { bucket = "inbox", key, identity }, Items = rows.Select(row => new { row = row.Row, value = row.Value }) });

    private (string Secret, string Database) NewDatabase()
    {
        string secret = Emulators.NewName("db");
        return (secret, emulators.NewDatabase(secret));
    }
}
