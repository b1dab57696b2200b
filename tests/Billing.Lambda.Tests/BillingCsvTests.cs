namespace Billing.Lambda.Tests;

public sealed class BillingCsvTests(Emulators emulators)
{
    private const string Header = "id,company_name,country,city,product_line,item,bill_date,currency,bill_amount\n";

    [Fact]
    public async Task Files_of_an_event_are_in_the_database_with_their_amounts_in_dollars_and_a_second_delivery_adds_nothing()
    {
        string secret = Emulators.NewName("db");
        string database = emulators.NewDatabase(secret);
        string folder = Emulators.NewName("folder");
        await emulators.PutAsync($"{folder}/june 1+é.csv", Header + "1,Acme,CA,Toronto,Bakery,Bread,2025-06-17,CAD,100.01\n2,Acme,CA,Toronto,Bakery,Bread,2025-06-17,ABC,1.00\n");
        await emulators.PutAsync($"{folder}/two.csv", Header + "1,Beta,MX,Mexico,Meat,Ham,2025-06-18,MXN,10.00\n");
        await using RunningFunction function = await RunningFunction.StartAsync("billing-csv", emulators.Environments(("DB_SECRET_NAME", secret)));
        string notification = Events.S3($"{folder}/june+1%2B%C3%A9.csv", $"{folder}/two.csv");

        InvocationResult first = await function.SucceedAsync(notification);
        Assert.Contains("\"stored\":1,\"duplicate\":0,\"conflict\":0,\"quarantined\":1", first.Text, StringComparison.Ordinal);
        Assert.Empty(Events.Failures(await function.SucceedAsync(Events.Sqs(notification, notification))));

        Assert.Equal("75.01 Acme,0.59 Beta", SharedMySql.Instance.Scalar("SELECT GROUP_CONCAT(CONCAT(TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM reporting_amount)), ' ', party) ORDER BY party) FROM billing_records", database));
        Assert.Equal("1", SharedMySql.Instance.Scalar("SELECT COUNT(*) FROM billing_quarantine", database));
    }

    [Fact]
    public async Task What_cannot_be_read_comes_again_and_what_no_delivery_will_read_is_kept()
    {
        string secret = Emulators.NewName("db");
        string database = emulators.NewDatabase(secret);
        string key = Emulators.NewName("broken");
        await emulators.PutAsync(key, "no header that says anything\n1\n");
        await using RunningFunction function = await RunningFunction.StartAsync("billing-csv", emulators.Environments(("DB_SECRET_NAME", secret)));

        InvocationResult batch = await function.SucceedAsync(Events.Sqs(Events.S3(key + "-nowhere"), Events.S3(key), "no event", """{"Event":"s3:TestEvent"}"""));
        Assert.Equal(["m0"], Events.Failures(batch));
        Assert.Equal("unreadable_source,unreadable_source", SharedMySql.Instance.Scalar("SELECT GROUP_CONCAT(reason) FROM billing_quarantine", database));

        InvocationResult direct = await function.InvokeAsync(Events.S3(key + "-nowhere"));
        Assert.False(direct.Succeeded);
        Assert.Equal("AwsException", direct.ErrorType);
    }

    [Fact]
    public async Task Credentials_that_rotate_are_read_again()
    {
        string secret = Emulators.NewName("db");
        string database = emulators.NewDatabase(secret);
        string key = Emulators.NewName("rotated.csv");
        await emulators.PutAsync(key, Header + "1,Acme,CA,Toronto,Bakery,Bread,2025-06-17,USD,5.00\n");
        await using RunningFunction function = await RunningFunction.StartAsync("billing-csv", emulators.Environments(("DB_SECRET_NAME", secret)));
        SharedMySql.Instance.Execute($"ALTER USER '{database}'@'%' IDENTIFIED BY 'second'");
        emulators.SetPassword(secret, database, "second");
        SharedMySql.Instance.Execute($"KILL USER '{database}'");

        await function.SucceedAsync(Events.S3(key));
        Assert.Equal("1", SharedMySql.Instance.Scalar("SELECT COUNT(*) FROM billing_records", database));
        Assert.Equal(2, emulators.Secrets.ReadsOf(secret));
        Assert.DoesNotContain(function.Output, line => line.Contains("second", StringComparison.Ordinal));
    }
}
