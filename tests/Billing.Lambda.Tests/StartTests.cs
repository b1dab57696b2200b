namespace Billing.Lambda.Tests;

public sealed class StartTests(Emulators emulators)
{
    [Theory]
    [InlineData("billing-csv", "DB_SECRET_NAME", null)]
    [InlineData("billing-csv", "BILLING_RATES", "CAD=x")]
    [InlineData("billing-csv", "BILLING_RULES", "nowhere.json")]
    [InlineData("billing-csv", "BILLING_CREATE_SCHEMA", "perhaps")]
    [InlineData("log-expense", "ALERT_TOPIC_ARN", null)]
    [InlineData("log-expense", "ALERT_TOPIC_ARN", "alerts")]
    [InlineData("log-expense", "BILLING_TIME_ZONE", "Middle/Earth")]
    [InlineData("log-expense", "REPORT_TIME_ZONE", "Pacific/Auckland")]
    [InlineData("billing-csv", "BILLING_RATES", null)]
    [InlineData("billing-csv-shard", "BILLING_RATES", null)]
    [InlineData("transactions", "BILLING_RATES", null)]
    [InlineData("log-expense", "BILLING_RATES", null)]
    [InlineData("payments", "BILLING_RATES", null)]
    [InlineData("payments", "BILLING_RATES", "EUR=1.10")]
    [InlineData("database", "DB_ADMIN_SECRET_NAME", null)]
    public async Task A_setting_that_is_missing_or_wrong_is_told_to_Lambda_by_its_name(string handler, string variable, string? value)
    {
        Dictionary<string, string?> variables = emulators.Environments(("DB_SECRET_NAME", "some-secret"), ("ALERT_TOPIC_ARN", Emulators.Topic), ("PAYMENTS_TABLE", "payments"), (variable, value));
        (FunctionInitException error, int exitCode, string output) = await RunningFunction.FailToStartAsync(handler, variables);
        Assert.Contains(variable, error.Message, StringComparison.Ordinal);
        Assert.Equal(1, exitCode);
        Assert.Contains(variable, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_is_none_is_told_with_those_that_are()
    {
        (FunctionInitException error, int exitCode, _) = await RunningFunction.FailToStartAsync("Function::Handler", emulators.Environments());
        Assert.Contains("billing-csv", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, exitCode);
    }
}
