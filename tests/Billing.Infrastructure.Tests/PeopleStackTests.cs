using System.Text.Json.Nodes;
using Amazon.CDK;

namespace Billing.Infrastructure.Tests;

/// <summary>The user pool, and sign-in on the page by OpenID Connect.</summary>
public sealed class PeopleStackTests(SynthesisedCloud cloud)
{
    private const string People = "billing-pool-people";
    private static IReadOnlyDictionary<string, JsonObject>? s_templates;

    // Made once: the CDK starts Node.js for it.
    private IReadOnlyDictionary<string, JsonObject> Templates => s_templates ??= SynthesisedCloud.Synthesise(WithPool());

    private JsonNode Pool => Single(People, "AWS::Cognito::UserPool");

    private JsonNode Client => Single(People, "AWS::Cognito::UserPoolClient");

    [Fact]
    public void Nobody_makes_an_account_everybody_has_a_second_factor_and_passwords_are_strong()
    {
        Assert.True((bool)Pool["AdminCreateUserConfig"]!["AllowAdminCreateUserOnly"]!);
        Assert.Equal("ON", (string?)Pool["MfaConfiguration"]);
        Assert.Equal(["SOFTWARE_TOKEN_MFA"], Texts(Pool["EnabledMfas"]));
        JsonNode password = Pool["Policies"]!["PasswordPolicy"]!;
        Assert.True((int)password["MinimumLength"]! >= 14);
        Assert.All((string[])["RequireLowercase", "RequireUppercase", "RequireNumbers", "RequireSymbols"], rule => Assert.True((bool)password[rule]!));
        Assert.Equal(3, (int)password["TemporaryPasswordValidityDays"]!);
        Assert.Equal(["verified_email"], Pool["AccountRecoverySetting"]!["RecoveryMechanisms"]!.AsArray().Select(one => (string?)one!["Name"]));
        Assert.False((bool)Pool["UsernameConfiguration"]!["CaseSensitive"]!);
    }

    [Fact]
    public void The_client_of_the_page_has_no_secret_and_the_code_flow_only_back_to_the_page_and_nowhere_else()
    {
        Assert.False((bool)Client["GenerateSecret"]!);
        Assert.Equal(["code"], Texts(Client["AllowedOAuthFlows"]));
        Assert.Equal(["ALLOW_REFRESH_TOKEN_AUTH"], Texts(Client["ExplicitAuthFlows"]));
        Assert.Equal(["https://books.example.com/"], Texts(Client["CallbackURLs"]));
        Assert.Equal(["https://books.example.com/"], Texts(Client["LogoutURLs"]));
        Assert.Equal(["COGNITO"], Texts(Client["SupportedIdentityProviders"]));
        Assert.Equal(("ENABLED", true), ((string?)Client["PreventUserExistenceErrors"], (bool)Client["EnableTokenRevocation"]!));

        // As docs/deploy.md says it, in minutes.
        JsonNode units = Client["TokenValidityUnits"]!;
        Assert.Equal((15, 15, 480), ((int)Client["AccessTokenValidity"]!, (int)Client["IdTokenValidity"]!, (int)Client["RefreshTokenValidity"]!));
        Assert.Equal(("minutes", "minutes", "minutes"), ((string?)units["AccessToken"], (string?)units["IdToken"], (string?)units["RefreshToken"]));
        JsonNode server = Single(People, "AWS::Cognito::UserPoolResourceServer");
        Assert.Equal(("billing", "api"), ((string?)server["Identifier"], (string?)Assert.Single(server["Scopes"]!.AsArray())!["ScopeName"]));
        JsonArray scopes = Client["AllowedOAuthScopes"]!.AsArray();
        Assert.Equal(2, scopes.Count);
        Assert.Contains(scopes, scope => scope is JsonValue && (string?)scope == "openid");
        Assert.Equal("billing-pool-\u00b7AWS::AccountId", Flat(Single(People, "AWS::Cognito::UserPoolDomain")["Domain"]!));
    }

    [Fact]
    public void Every_route_takes_the_tokens_of_the_pool_and_of_no_other()
    {
        (string Stack, JsonNode Route)[] routes = [.. Of("AWS::ApiGatewayV2::Route")];
        Assert.Equal(cloud.Routes.Count, routes.Length);
        Assert.All(routes, route => Assert.Equal(("JWT", "billing/api"), ((string?)route.Route["AuthorizationType"], (string?)Assert.Single(route.Route["AuthorizationScopes"]!.AsArray()))));
        (string Stack, JsonNode Authorizer)[] authorizers = [.. Of("AWS::ApiGatewayV2::Authorizer")];
        Assert.Equal(3, authorizers.Length);
        Assert.All(authorizers, one =>
        {
            JsonNode jwt = one.Authorizer["JwtConfiguration"]!;
            Assert.Matches("^\u00b7billing-pool-people:.*ProviderURL", Flat(jwt["Issuer"]!));
            Assert.Matches("^\u00b7billing-pool-people:.*Page", Flat(Assert.Single(jwt["Audience"]!.AsArray())!));
        });
    }

    [Fact]
    public void The_settings_of_the_page_name_the_pool_and_the_page_may_connect_to_two_addresses_of_it()
    {
        string settings = Flat(Templates["billing-pool-page"]["Outputs"]!["PageSettings"]!["Value"]!);
        JsonNode openId = JsonNode.Parse(settings)!["openId"]!;
        Assert.Equal("openid", (string?)JsonNode.Parse(settings)!["signIn"]);
        string issuer = (string)openId["issuer"]!;
        Assert.Matches("^\u00b7billing-pool-people:.*ProviderURL", issuer);
        Assert.Matches("^\u00b7billing-pool-people:.*Page", (string)openId["clientId"]!);
        Assert.Equal("openid billing/api", (string?)openId["scopes"]);
        string domain = ((string)openId["signOut"]!)[..^"/logout".Length];
        Assert.Matches("^https://\u00b7billing-pool-people:.*\\.auth\\.\u00b7AWS::Region\\.amazoncognito\\.com$", domain);

        string policy = Flat(Single("billing-pool-page", "AWS::CloudFront::ResponseHeadersPolicy")["ResponseHeadersPolicyConfig"]!["SecurityHeadersConfig"]!["ContentSecurityPolicy"]!["ContentSecurityPolicy"]!);
        string[] connect = policy.Split("connect-src ")[1].Split(';')[0].Split(' ');
        Assert.Equal(6, connect.Length);
        Assert.Equal([$"{issuer}/.well-known/openid-configuration", $"{domain}/oauth2/token"], connect[4..]);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("frame-src", policy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pool_whose_data_is_kept_cannot_be_deleted()
    {
        Assert.Equal("INACTIVE", (string?)Pool["DeletionProtection"]);
        JsonObject kept = SynthesisedCloud.Synthesise(WithPool() with { Stage = "prod", RemoveData = false })["billing-prod-people"]["Resources"]!.AsObject().Single(one => (string?)one.Value!["Type"] == "AWS::Cognito::UserPool").Value!.AsObject();
        Assert.Equal(("ACTIVE", "Retain"), ((string?)kept["Properties"]!["DeletionProtection"], (string?)kept["DeletionPolicy"]));
    }

    [Fact]
    public void At_another_issuer_the_page_has_the_client_that_is_stated_and_connects_to_its_two_addresses()
    {
        IReadOnlyDictionary<string, JsonObject> templates = SynthesisedCloud.Synthesise(WithPool() with { Stage = "other", UserPool = false, TokenIssuer = "https://login.example.com/", TokenAudience = "books", TokenScopes = "billing/read billing/write", PageClient = "page \"1\"", TokenEndpoint = "https://token.example.com/oauth/token" });
        Assert.DoesNotContain("billing-other-people", templates.Keys);
        JsonNode openId = JsonNode.Parse(Flat(templates["billing-other-page"]["Outputs"]!["PageSettings"]!["Value"]!))!["openId"]!;
        Assert.Equal(("https://login.example.com/", "page \"1\"", "openid billing/read billing/write"), ((string?)openId["issuer"], (string?)openId["clientId"], (string?)openId["scopes"]));
        Assert.Null(openId["signOut"]);
        Assert.Contains(" https://login.example.com/.well-known/openid-configuration https://token.example.com/oauth/token;", Flat(templates["billing-other-page"]["Resources"]!), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_contradict_each_other_are_refused_with_what_to_use()
    {
        foreach ((CloudSettings settings, string message) in ((CloudSettings, string)[])
        [
            (WithPool() with { TokenIssuer = "https://login.example.com", TokenAudience = "books" }, "The setting userPool is 'true'. Use userPool or tokenIssuer"),
            (WithPool() with { TokenScopes = "billing/read" }, "The setting tokenScopes is 'billing/read'. Use tokenScopes with tokenIssuer only"),
            (WithPool() with { PageCertificate = null }, "The setting userPool is 'true'. Use userPool with pageCertificate and corsOrigin"),
            (WithPool() with { CorsOrigin = null }, "The setting corsOrigin is ''."),
            (WithPool() with { Stage = "myaws" }, "The setting stage is 'myaws'. Use a stage without aws"),
            (WithPool() with { UserPool = false, PageClient = "page", TokenEndpoint = "https://login.example.com/token" }, "The setting pageClient is 'page'. Use tokenIssuer"),
            (WithPool() with { UserPool = false, TokenIssuer = "https://login.example.com", TokenAudience = "books", PageClient = "page" }, "The setting tokenEndpoint is ''. Use both"),
            (WithPool() with { UserPool = false, TokenIssuer = "https://login.example.com", TokenAudience = "books", PageClient = "page", TokenEndpoint = "https://a.example; script-src *" }, "The setting tokenEndpoint is 'https://a.example; script-src *'. Use addresses with https"),
            (WithPool() with { UserPool = false, TokenIssuer = "http://login.example.com", TokenAudience = "books", PageClient = "page", TokenEndpoint = "https://login.example.com/token" }, "The setting tokenEndpoint is 'https://login.example.com/token'. Use addresses with https"),
        ])
        {
            ArgumentException wrong = Assert.Throws<ArgumentException>(() => settings.Checked());
            Assert.StartsWith(message, wrong.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("userPool=true", true)]
    [InlineData("userPool=false", false)]
    [InlineData("tokenIssuer=https://login.example.com tokenAudience=books pageClient=page tokenEndpoint=https://login.example.com/token", false)]
    public void The_settings_are_those_of_the_command_line(string stated, bool hasPool)
    {
        Dictionary<string, object> context = new() { ["code"] = cloud.CodePath, ["rates"] = SynthesisedCloud.Rates, ["certificates"] = SynthesisedCloud.CertificatesPath, ["corsOrigin"] = "https://books.example.com", ["pageCertificate"] = SynthesisedCloud.Certificate };
        foreach (string[] pair in stated.Split(' ').Select(one => one.Split('=', 2)))
        {
            context[pair[0]] = pair[1];
        }

        CloudSettings settings = CloudSettings.Of(new App(new AppProps { Context = context }));
        Assert.Equal(hasPool, settings.UserPool);
        Assert.Equal(context.GetValueOrDefault("pageClient") as string, settings.PageClient);
        Assert.Equal(context.GetValueOrDefault("tokenEndpoint") as string, settings.TokenEndpoint);
    }

    private CloudSettings WithPool() => new()
    {
        Stage = "pool",
        CodePath = cloud.CodePath,
        Rates = SynthesisedCloud.Rates,
        CertificatesPath = SynthesisedCloud.CertificatesPath,
        CorsOrigin = "https://books.example.com",
        PageCertificate = SynthesisedCloud.Certificate,
        UserPool = true,
    };

    private JsonNode Single(string stack, string type) => Assert.Single(Of(type), one => one.Stack == stack).Properties;

    private IEnumerable<(string Stack, JsonNode Properties)> Of(string type) =>
        Templates.SelectMany(template => template.Value["Resources"]!.AsObject().Where(resource => (string?)resource.Value!["Type"] == type).Select(resource => (template.Key, resource.Value!["Properties"]!)));

    private static string[] Texts(JsonNode? list) => [.. list!.AsArray().Select(one => (string)one!)];

    // A value with what CloudFormation puts into it, each after a dot: what another stack exports, or a reference.
    private static string Flat(JsonNode node) => node switch
    {
        JsonObject one when one["Fn::Join"] is JsonArray join => string.Concat(join[1]!.AsArray().Select(part => Flat(part!))),
        JsonObject one when one["Fn::ImportValue"] is { } export => "\u00b7" + export,
        JsonObject one when one.Count == 1 && one["Ref"] is { } reference => "\u00b7" + reference,
        JsonObject many => string.Concat(many.Select(one => one.Value is null ? "" : Flat(one.Value))),
        JsonArray list => string.Concat(list.Select(one => one is null ? "" : Flat(one))),
        _ => node.ToString(),
    };
}
