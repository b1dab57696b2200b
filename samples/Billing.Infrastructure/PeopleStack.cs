using Amazon.CDK;
using Amazon.CDK.AWS.Cognito;
using Billing.Infrastructure.Parts;

namespace Billing.Infrastructure;

/// <summary>Who may sign in: a Cognito user pool, the page's client without a secret, and the scope of the HTTP APIs.</summary>
public sealed class PeopleStack : Stack
{
    private const string Api = "billing";
    private const string Scope = "api";
    private const int ShortestPassword = 14;
    private const int InvitationDays = 3;
    private const int TokenMinutes = 15;
    private const int SessionHours = 8;

    internal PeopleStack(Constructs.Construct scope, CloudSettings settings)
        : base(scope, $"billing-{settings.Stage}-people")
    {
        UserPool pool = Pool(settings);
        UserPoolDomain domain = pool.AddDomain("Domain", new UserPoolDomainOptions { CognitoDomain = new CognitoDomainOptions { DomainPrefix = $"billing-{settings.Stage}-{Aws.ACCOUNT_ID}" } });
        ResourceServerScope use = new(new ResourceServerScopeProps { ScopeName = Scope, ScopeDescription = "Use the APIs of Billing" });
        UserPoolResourceServer server = pool.AddResourceServer("Apis", new UserPoolResourceServerOptions { Identifier = Api, Scopes = [use] });
        string client = Client(pool, OAuthScope.ResourceServer(server, use), settings.CorsOrigin! + "/").UserPoolClientId;
        Tokens = new TokenSource(pool.UserPoolProviderUrl, client, [$"{Api}/{Scope}"]);
        Page = new PageOpenId(Tokens, client, $"{domain.BaseUrl()}/oauth2/token", $"{domain.BaseUrl()}/logout");
        _ = new CfnOutput(this, "UserPoolId", new CfnOutputProps { Value = pool.UserPoolId, Description = "docs/deploy.md says how to let people in." });
    }

    internal TokenSource Tokens { get; }

    internal PageOpenId Page { get; }

    // Nobody makes an account for themselves. The second factor is an app: text messages can be redirected, and cost money.
    private UserPool Pool(CloudSettings settings) => new(this, "People", new UserPoolProps
    {
        UserPoolName = $"billing-{settings.Stage}",
        SelfSignUpEnabled = false,
        SignInAliases = new SignInAliases { Email = true },
        SignInCaseSensitive = false,
        AutoVerify = new AutoVerifiedAttrs { Email = true },
        KeepOriginal = new KeepOriginalAttrs { Email = true },
        StandardAttributes = new StandardAttributes { Email = new StandardAttribute { Required = true, Mutable = true } },
        Mfa = Mfa.REQUIRED,
        MfaSecondFactor = new MfaSecondFactor { Otp = true, Sms = false },
        AccountRecovery = AccountRecovery.EMAIL_ONLY,
        PasswordPolicy = new PasswordPolicy
        {
            MinLength = ShortestPassword,
            RequireLowercase = true,
            RequireUppercase = true,
            RequireDigits = true,
            RequireSymbols = true,
            TempPasswordValidity = Duration.Days(InvitationDays),
        },
        DeletionProtection = !settings.RemoveData,
        RemovalPolicy = Removal.Of(settings),
    });

    private static UserPoolClient Client(UserPool pool, OAuthScope api, string page)
    {
        UserPoolClient client = pool.AddClient("Page", new UserPoolClientOptions
        {
            GenerateSecret = false,
            PreventUserExistenceErrors = true,
            EnableTokenRevocation = true,
            SupportedIdentityProviders = [UserPoolClientIdentityProvider.COGNITO],
            OAuth = new OAuthSettings
            {
                Flows = new OAuthFlows { AuthorizationCodeGrant = true, ImplicitCodeGrant = false, ClientCredentials = false },
                Scopes = [OAuthScope.OPENID, api],
                CallbackUrls = [page],
                LogoutUrls = [page],
            },
            AccessTokenValidity = Duration.Minutes(TokenMinutes),
            IdTokenValidity = Duration.Minutes(TokenMinutes),
            RefreshTokenValidity = Duration.Hours(SessionHours),
        });

        // People sign in on Cognito's own page only: no password passes through ours, and none can be tried past it.
        ((CfnUserPoolClient)client.Node.DefaultChild!).ExplicitAuthFlows = ["ALLOW_REFRESH_TOKEN_AUTH"];
        return client;
    }
}
