using System.Text;
using System.Text.Json.Nodes;
using Billing.Aws;
using Billing.Infrastructure.Tests;
using Billing.LambdaEvents;

namespace Billing.Lambda.Tests.Templates;

/// <summary>The functions with the variables, tables, buckets and rights of the templates, and nothing else.</summary>
public sealed class TemplateTests(SynthesisedCloud cloud, Emulators emulators) : IClassFixture<SynthesisedCloud>
{
    private const string Invoices = "id,company_name,country,city,product_line,item,bill_date,currency,bill_amount\n1,Acme,US,Portland,Bakery,Bread,2025-06-17,CAD,100.00\n";

    private const string Shard = """
        {"BatchInput":{"bucket":"b","key":"large.csv","identity":"position"},
         "Items":[{"row":0,"value":{"id":"1","company_name":"Acme","country":"US","city":"Portland","product_line":"Bakery","item":"Bread","bill_date":"2025-06-17","currency":"USD","bill_amount":"1.00"}}]}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_function_starts_and_serves_with_exactly_the_variables_of_its_template()
    {
        DeployedCloud deployed = new(cloud, emulators);
        (string database, string user) = await deployed.CreateAsync(Cancellation);

        // In the order of a deployment, and of the data.
        (string Name, Func<RunningFunction, Task<string>> Use, string Expected)[] uses =
        [
            ("database", InvokeTwice, "billing_records"),
            ("billing-csv", async function => await InvokeAsync(function, Events.Sqs(await PutAsync(deployed.BucketOf("billing-test-invoices"), "june.csv", Invoices))), """{"batchItemFailures":[]}"""),
            ("billing-csv-shard", function => InvokeAsync(function, Shard), "\"stored\":1"),
            ("receipts", async function => await InvokeAsync(function, Events.Sqs(await PutAsync(deployed.BucketOf("billing-test-receipts"), "receipt.pdf", "receipt"))), """{"batchItemFailures":[]}"""),
            ("receipts-api", function => AskAsync(function, "GET /expenses"), "receipt.pdf"),
            ("transactions", function => InvokeAsync(function, Events.Sqs("""{"transaction_id":"t-1","user_id":"u","amount":10,"currency":"EUR","timestamp":"2025-06-30T10:00:00Z","merchant":"M"}""")), """{"batchItemFailures":[]}"""),
            ("transactions-api", function => AskAsync(function, "GET /transactions"), "t-1"),
            ("payments", function => InvokeAsync(function, """{"count":3}"""), "\"count\":3"),
            // By the one time zone it is July: in Auckland.
            ("log-expense", function => AskAsync(function, "POST /logexpense", """{"description":"Taxi","amount":12.50,"currency":"CAD","date":"2025-06-30T13:00:00Z"}"""), "expenseId"),
            ("expenses-api", function => AskAsync(function, "GET /totals"), "\"group\":\"2025-07\""),
            ("monthly-report", function => InvokeAsync(function, """{"month":"2025-07"}"""), "\"expenses\":1"),
            ("backup", function => InvokeAsync(function, deployed.ScheduledEvent), """{"records":1,"deleted":0,"resumed":false}"""),
            ("alerts", function => InvokeAsync(function, deployed.ScheduledEvent), """{"sent":0}"""),
        ];

        IReadOnlyList<(string Handler, Dictionary<string, string?> Variables)> functions = deployed.Functions;
        Assert.Equal(uses.Select(use => use.Name).Order(StringComparer.Ordinal), functions.Select(function => function.Handler).Order(StringComparer.Ordinal));
        foreach ((string name, Func<RunningFunction, Task<string>> use, string expected) in uses)
        {
            await using RunningFunction function = await RunningFunction.StartAsync(name, functions.Single(function => function.Handler == name).Variables);
            Assert.Contains(expected, await use(function), StringComparison.Ordinal);
            foreach (string route in deployed.RoutesOf(name))
            {
                string answer = await AskAsync(function, route.Replace("{month}", "2025-05", StringComparison.Ordinal), route.StartsWith("POST", StringComparison.Ordinal) ? "{}" : null);
                Assert.False(answer.Contains("There is no GET", StringComparison.Ordinal) || answer.Contains("There is no POST", StringComparison.Ordinal), $"{name}, {route}: {answer}");
            }
        }

        Assert.Equal("75.00,1.00", Scalar("SELECT GROUP_CONCAT(CAST(reporting_amount AS DECIMAL(10, 2)) ORDER BY reporting_amount DESC) FROM billing_records", database));
        Assert.Equal("2025-07-01", Scalar("SELECT CAST(date AS CHAR) FROM expenses", database));
        AssertRights(database, user);
    }

    // Whoever takes over a function can neither change a table nor delete what is booked.
    private static void AssertRights(string database, string user)
    {
        string grantee = $"grantee LIKE '''{user}''@%'";
        string[] grants = Scalar($"SELECT CONVERT(GROUP_CONCAT(CONCAT(table_name, ' ', privilege_type) ORDER BY table_name, privilege_type) USING utf8mb4) FROM information_schema.table_privileges WHERE {grantee}", database).Split(',');
        Assert.Equal(["billing_records INSERT", "billing_records SELECT", "billing_records UPDATE"], grants.Where(grant => grant.StartsWith("billing_records ", StringComparison.Ordinal)));
        Assert.All(grants, grant => Assert.Contains(grant.Split(' ')[1], (string[])["SELECT", "INSERT", "UPDATE", "DELETE"]));
        Assert.All(grants.Where(grant => grant.EndsWith(" DELETE", StringComparison.Ordinal)), grant => Assert.StartsWith("expenses", grant, StringComparison.Ordinal));
        Assert.Equal("0", Scalar($"SELECT COUNT(*) FROM information_schema.schema_privileges WHERE {grantee}", database));
        Assert.Equal("USAGE", Scalar($"SELECT CONVERT(GROUP_CONCAT(privilege_type) USING utf8mb4) FROM information_schema.user_privileges WHERE {grantee}", database));
    }

    private static string Scalar(string sql, string database) => SharedMySql.Instance.Scalar(sql, database)!;

    private static async Task<string> InvokeAsync(RunningFunction function, string json) => (await function.SucceedAsync(json)).Text;

    // As every deployment does.
    private static async Task<string> InvokeTwice(RunningFunction function)
    {
        string first = await InvokeAsync(function, "{}");
        Assert.Equal(first, await InvokeAsync(function, "{}"));
        return first;
    }

    private static async Task<string> AskAsync(RunningFunction function, string route, string? body = null)
    {
        string[] parts = route.Split(' ');
        return HttpApiResponse.Parse((await function.SucceedAsync(Events.Http(parts[0], parts[1], body))).Payload.Span).Body;
    }

    private async Task<string> PutAsync(string bucket, string key, string content)
    {
        S3StoredObject stored = await new S3Bucket(emulators.S3, bucket).PutAsync(key, Encoding.UTF8.GetBytes(content), null, Cancellation);
        JsonNode notification = JsonNode.Parse(Events.S3(key))!;
        notification["Records"]![0]!["s3"]!["bucket"]!["name"] = bucket;
        notification["Records"]![0]!["s3"]!["object"]!["eTag"] = stored.ETag.Trim('"');
        return notification.ToJsonString();
    }
}
