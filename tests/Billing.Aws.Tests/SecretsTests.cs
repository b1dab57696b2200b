using System.Net;

namespace Billing.Aws.Tests;

public sealed class SecretsTests
{
    private const string Database = """{\"username\":\"u\",\"password\":\"p4ss\",\"host\":\"h\",\"port\":3306,\"dbname\":\"d\"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_secret_is_kept_for_the_stated_time_and_read_again_after_it_or_on_demand()
    {
        FixedTime time = new(DateTimeOffset.UnixEpoch.AddYears(56));
        using ScriptedHandler handler = new((number, _) => ScriptedHandler.Json($$"""{"SecretString":"version {{number}}"}"""));
        using AwsConnection connection = handler.Connect();
        using SecretsManager secrets = new(connection, new SecretsOptions { RefreshAfter = TimeSpan.FromMinutes(1) }, timeProvider: time);
        Assert.Equal("version 0", await secrets.GetAsync("db", Cancellation));
        time.Now += TimeSpan.FromSeconds(59);
        Assert.Equal("version 0", await secrets.GetAsync("db", Cancellation));
        time.Now += TimeSpan.FromSeconds(1);
        Assert.Equal("version 1", await secrets.GetAsync("db", Cancellation));
        Assert.Equal("version 2", await secrets.RefreshAsync("db", Cancellation));
        Assert.Equal("version 2", await secrets.GetAsync("db", Cancellation));
        Assert.Equal("""{"SecretId":"db"}""", handler.Bodies[0]);
        Assert.Equal("secretsmanager.GetSecretValue", Assert.Single(handler.Requests[0].Headers.GetValues("X-Amz-Target")));
    }

    [Fact]
    public async Task Credentials_that_a_server_denies_are_read_anew_and_only_then()
    {
        using ScriptedHandler handler = new((number, _) => ScriptedHandler.Json($$"""{"SecretString":"{{Database.Replace("p4ss", $"p{number}", StringComparison.Ordinal)}}"}"""));
        using AwsConnection connection = handler.Connect();
        using SecretsManager secrets = new(connection);
        Func<CancellationToken, ValueTask<string>> open = secrets.Rotating("db", secret => secret.Password);
        Assert.Equal("p0", await secrets.Rotating("db", secret => secret.Password)(Cancellation));
        Assert.Equal("p0", await open(Cancellation));
        Assert.Equal("p1", await open(Cancellation));
    }

    [Fact]
    public async Task The_agent_on_this_machine_is_asked_first_and_passed_by_when_it_fails_or_a_secret_must_be_new()
    {
        using ScriptedHandler service = new((_, _) => ScriptedHandler.Json("""{"SecretString":"from the service"}"""));
        using ScriptedHandler agent = new((number, _) => number == 0 ? ScriptedHandler.Json("""{"SecretString":"from the agent"}""") : ScriptedHandler.Json("not ready", HttpStatusCode.BadRequest));
        using AwsConnection connection = service.Connect();
        using SecretsManager secrets = new(connection, new SecretsOptions { RefreshAfter = TimeSpan.Zero, Agent = new Uri("http://localhost:2773"), AgentToken = "token" }, agent);
        Assert.Equal("from the agent", await secrets.GetAsync("arn:aws:secretsmanager:x:1:secret:db", Cancellation));
        Assert.Equal("from the service", await secrets.GetAsync("db", Cancellation));
        Assert.Equal("from the service", await secrets.RefreshAsync("db", Cancellation));
        Assert.Equal(2, agent.Requests.Count);
        Assert.Equal("/secretsmanager/get?secretId=arn%3Aaws%3Asecretsmanager%3Ax%3A1%3Asecret%3Adb", agent.Requests[0].RequestUri!.PathAndQuery);
        Assert.Equal("token", Assert.Single(agent.Requests[0].Headers.GetValues("X-Aws-Parameters-Secrets-Token")));
    }

    [Fact]
    public void The_secret_of_a_database_is_read_and_shown_without_its_password()
    {
        DatabaseSecret secret = DatabaseSecret.Parse("db", """{"username":"u","password":"p4ss","host":"h","port":"3307","dbname":"d","engine":"mysql"}""");
        Assert.Equal(("u", "p4ss", "h", 3307, "d"), (secret.Username, secret.Password, secret.Host, secret.Port, secret.Database));
        Assert.Equal("u@h:3307/d", secret.ToString());
    }

    [Theory]
    [InlineData("""{"username":"u","password":"p4ss","port":3306,"dbname":"d"}""", "has no key 'host'")]
    [InlineData("""{"username":"u","password":["p4ss"],"host":"h","port":3306,"dbname":"d"}""", "'password' that is not text")]
    [InlineData("""{"username":"u","password":"p4ss","host":"h","port":"p4ss","dbname":"d"}""", "'port' that is not a number")]
    [InlineData("""{"username":"u","password":"p4ss","host":"h","dbname":"d"}""", "has no key 'port'")]
    [InlineData("p4ss", "is not JSON")]
    [InlineData("\"p4ss\"", "is not a JSON object")]
    public void A_secret_that_lacks_something_is_an_error_that_names_the_key_and_no_value(string json, string says)
    {
        BillingConfigurationException error = Assert.Throws<BillingConfigurationException>(() => DatabaseSecret.Parse("db", json));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("p4ss", error.ToString(), StringComparison.Ordinal);
    }
}
