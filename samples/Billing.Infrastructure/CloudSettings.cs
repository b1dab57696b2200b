using Amazon.CDK;
using Billing.Infrastructure.Parts;

namespace Billing.Infrastructure;

/// <summary>The settings that differ between stages, given as <c>cdk deploy -c stage=test -c timeZone=Europe/Berlin ...</c>.</summary>
public sealed record CloudSettings
{
    /// <summary>The stage, in lower-case letters and digits; part of every name. Default <c>dev</c>.</summary>
    public string Stage { get; init; } = "dev";

    /// <summary>The folder of the published functions. Default <c>../../artifacts/publish/Billing.Lambda/release_linux-x64</c>, relative to this project.</summary>
    public string CodePath { get; init; } = Path.Combine("..", "..", "artifacts", "publish", "Billing.Lambda", "release_linux-x64");

    /// <summary>The folder of <c>global-bundle.pem</c>, the certificates that identify Amazon's databases: functions connect to no other. Default <c>certificates</c>.</summary>
    public string CertificatesPath { get; init; } = "certificates";

    /// <summary>The IANA time zone for months and schedules. Default <c>UTC</c>.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The exchange rates to USD for converting amounts, such as <c>EUR=1.10,GBP=1.30,CAD=0.75,MXN=0.059</c>. Required: no amount is converted with somebody else's rates.</summary>
    public string Rates { get; init; } = "";

    /// <summary>The origin from which browsers may call the HTTP APIs. Default none: no browser may.</summary>
    public string? CorsOrigin { get; init; }

    /// <summary>The ARN of the certificate for the domain of <see cref="CorsOrigin"/>, in us-east-1, where CloudFront looks for it. With it the page is deployed at that origin. Default none: no page.</summary>
    public string? PageCertificate { get; init; }

    /// <summary>The issuer of the tokens with which callers of the HTTP APIs sign in. Default none: callers sign requests with IAM.</summary>
    public string? TokenIssuer { get; init; }

    /// <summary>The audience of these tokens.</summary>
    public string? TokenAudience { get; init; }

    /// <summary>The scopes, separated by blanks; a token must have one of them. Default <c>billing</c>.</summary>
    public string TokenScopes { get; init; } = "billing";

    /// <summary>The id of the page's client at the issuer: the page then signs people in there by OpenID Connect. Default none: it asks for an access token.</summary>
    public string? PageClient { get; init; }

    /// <summary>The address at which this client changes a code for tokens: <c>token_endpoint</c> of the issuer's discovery document.</summary>
    public string? TokenEndpoint { get; init; }

    /// <summary>Whether a Cognito user pool is created, in which people sign in to the page and the HTTP APIs. Default false.</summary>
    public bool UserPool { get; init; }

    /// <summary>The mail address for alarms and alerts. Default none: subscribe to the topics yourself.</summary>
    public string? Email { get; init; }

    /// <summary>Whether <c>cdk destroy</c> deletes the data too. Default: true in every stage except <c>prod</c>.</summary>
    public bool RemoveData { get; init; } = true;

    /// <summary>Reads the settings from the command line.</summary>
    /// <exception cref="ArgumentException">A setting is invalid. The message names it.</exception>
    public static CloudSettings Of(App app)
    {
        CloudSettings standard = new();
        string stage = Text(app, "stage") ?? standard.Stage;
        return new CloudSettings
        {
            Stage = stage,
            CodePath = Text(app, "code") ?? standard.CodePath,
            CertificatesPath = Text(app, "certificates") ?? standard.CertificatesPath,
            TimeZone = Text(app, "timeZone") ?? standard.TimeZone,
            Rates = Text(app, "rates") ?? standard.Rates,
            CorsOrigin = Text(app, "corsOrigin"),
            PageCertificate = Text(app, "pageCertificate"),
            TokenIssuer = Text(app, "tokenIssuer"),
            TokenAudience = Text(app, "tokenAudience"),
            TokenScopes = Text(app, "tokenScopes") ?? standard.TokenScopes,
            PageClient = Text(app, "pageClient"),
            TokenEndpoint = Text(app, "tokenEndpoint"),
            UserPool = Text(app, "userPool") is { } pool && Flag("userPool", pool),
            Email = Text(app, "email"),
            RemoveData = Text(app, "removeData") is { } remove ? Flag("removeData", remove) : stage != "prod",
        }.Checked();
    }

    /// <summary>Returns these settings after validating them.</summary>
    /// <exception cref="ArgumentException">A setting is invalid. The message names it.</exception>
    public CloudSettings Checked()
    {
        CheckRates();
        Check(Stage.Length is > 0 and <= 12 && Stage.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)), "stage", Stage, "1 to 12 lower-case letters and digits");
        Check(TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out TimeZoneInfo? zone) && (zone.HasIanaId || TimeZone == "UTC"), "timeZone", TimeZone, "an IANA name, such as Europe/Berlin");
        Check(CorsOrigin is null || (Uri.TryCreate(CorsOrigin, UriKind.Absolute, out Uri? origin) && origin.AbsolutePath == "/" && !CorsOrigin.EndsWith('/')), "corsOrigin", CorsOrigin, "an origin, such as https://books.example.com");
        Check(PageCertificate is null || PageCertificate.StartsWith("arn:aws:acm:us-east-1:", StringComparison.Ordinal), "pageCertificate", PageCertificate, "the ARN of a certificate in us-east-1, where CloudFront looks for it, such as arn:aws:acm:us-east-1:111122223333:certificate/...");
        Check(PageCertificate is null || (CorsOrigin?.StartsWith("https://", StringComparison.Ordinal) == true && new Uri(CorsOrigin).IsDefaultPort), "corsOrigin", CorsOrigin, "the origin at which the page is deployed, such as https://books.example.com, or leave out pageCertificate");
        Check((TokenIssuer is null) == (TokenAudience is null), "tokenIssuer", TokenIssuer, "both tokenIssuer and tokenAudience, or neither");
        Check(FunctionBinary.IsIn(CodePath), "code", CodePath, "the output folder of `dotnet publish samples/Billing.Lambda -c Release -r linux-x64` (or linux-arm64), which contains bootstrap for Linux");
        string certificates = Path.Combine(CertificatesPath, Certificates.FileName);
        Check(File.Exists(certificates) && File.ReadAllText(certificates).Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal), "certificates", CertificatesPath, $"the folder that contains Amazon's {Certificates.FileName}; \"Using SSL/TLS to encrypt a connection\" in the Amazon RDS guide says where to download it");
        Check(TokenScopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > 0, "tokenScopes", TokenScopes, "one or more scopes, separated by blanks");
        CheckSignIn();
        return this;
    }

    // One source of tokens, and a page that can use it.
    private void CheckSignIn()
    {
        Check(PageClient is null || TokenIssuer is not null, "pageClient", PageClient, "tokenIssuer and tokenAudience with it: without them the APIs take no tokens");
        Check((PageClient is null) == (TokenEndpoint is null), "tokenEndpoint", TokenEndpoint, "both pageClient and tokenEndpoint (token_endpoint of the issuer's discovery document), or neither");
        Check(PageClient is null || (IsSource(TokenIssuer!) && IsSource(TokenEndpoint!)), "tokenEndpoint", TokenEndpoint, "addresses with https and without ? # ; , or blanks for tokenIssuer and tokenEndpoint, because the page may connect to exactly these");
        if (UserPool)
        {
            Check(TokenIssuer is null && PageClient is null, "userPool", "true", "userPool or tokenIssuer (with tokenAudience, pageClient and tokenEndpoint), not both: the APIs accept the tokens of one issuer");
            Check(TokenScopes == new CloudSettings().TokenScopes, "tokenScopes", TokenScopes, "tokenScopes with tokenIssuer only: the scope of the user pool is billing/api");
            Check(PageCertificate is not null, "userPool", "true", "userPool with pageCertificate and corsOrigin: people of the pool sign in on the page");
            // Cognito reserves these words in the names of its domains.
            Check(!((string[])["aws", "amazon", "cognito"]).Any(word => Stage.Contains(word, StringComparison.Ordinal)), "stage", Stage, "a stage without aws, amazon and cognito in it, which Cognito does not take in the name of a domain, or leave out userPool");
        }
    }

    private static bool IsSource(string address) => Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps && address.AsSpan().IndexOfAny("?#;, ") < 0;

    // Payments are in euros, pounds and dollars. A record without a rate is quarantined, and all of these would be.
    private void CheckRates()
    {
        const string Use = "the rates of the day to USD for every currency that occurs, EUR and GBP among them, such as -c rates=EUR=1.10,GBP=1.30,CAD=0.75";
        Check(Rates.Length > 0, "rates", Rates, Use);
        FixedRates rates;
        try
        {
            rates = FixedRates.Parse(Rates);
        }
        catch (BillingConfigurationException wrong)
        {
            throw new ArgumentException($"The setting rates is '{Rates}'. {wrong.Message}", wrong);
        }

        Check(((string[])["EUR", "GBP"]).All(code => rates.TryGetRate(Currency.Parse(code), Currency.Usd, DateOnly.MinValue, out _)), "rates", Rates, Use);
    }

    private static string? Text(App app, string name) => app.Node.TryGetContext(name) switch
    {
        null => null,
        string text => text,
        object other => Convert.ToString(other, System.Globalization.CultureInfo.InvariantCulture),
    };

    private static bool Flag(string name, string text) => bool.TryParse(text, out bool flag) ? flag : throw Wrong(name, text, "true or false");

    private static void Check(bool right, string name, string? value, string use)
    {
        if (!right)
        {
            throw Wrong(name, value, use);
        }
    }

    private static ArgumentException Wrong(string name, string? value, string use) => new($"The setting {name} is '{value}'. Use {use}.");
}
