using Amazon.CDK;
using Amazon.CDK.AWS.Apigatewayv2;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AwsApigatewayv2Authorizers;
using Amazon.CDK.AwsApigatewayv2Integrations;
using Constructs;

namespace Billing.Infrastructure.Parts;

/// <summary>An HTTP API that only signed-in callers may use: with tokens of the configured issuer, or otherwise with requests signed for IAM.</summary>
internal sealed class HttpEntry : Construct
{
    private const int RequestsPerSecond = 50;
    private const int Burst = 100;

    private readonly HttpApi _api;
    private readonly string[]? _scopes;

    public HttpEntry(Construct scope, string id, string name, CloudSettings settings, FoundationStack foundation, TokenSource? tokens)
        : base(scope, id)
    {
        _scopes = tokens is null ? null : [.. tokens.Scopes];
        _api = new HttpApi(this, "Api", new HttpApiProps
        {
            ApiName = name,
            CreateDefaultStage = false,
            DefaultAuthorizer = tokens is not null
                ? new HttpJwtAuthorizer("Tokens", tokens.Issuer, new HttpJwtAuthorizerProps { JwtAudience = [tokens.Audience] })
                : new HttpIamAuthorizer(),
            CorsPreflight = settings.CorsOrigin is { } origin
                ? new CorsPreflightOptions
                {
                    AllowOrigins = [origin],
                    AllowMethods = [CorsHttpMethod.GET, CorsHttpMethod.POST],
                    AllowHeaders = ["authorization", "content-type", "idempotency-key"],
                    MaxAge = Duration.Hours(1),
                }
                : null,
        });
        HttpStage stage = new(this, "Stage", new HttpStageProps
        {
            HttpApi = _api,
            StageName = "$default",
            AutoDeploy = true,
            Throttle = new ThrottleSettings { RateLimit = RequestsPerSecond, BurstLimit = Burst },
        });
        LogAccess(stage, name, settings);
        Alarms.Add(this, "ServerErrors", $"{name}-server-errors", $"The HTTP API {name} returned a server error.", _api.MetricServerError(Alarms.Over("Sum")), 1, foundation.Alarms);
        _ = new CfnOutput(this, "Url", new CfnOutputProps { Value = stage.Url });
    }

    /// <summary>The address, without a slash at its end.</summary>
    public string Endpoint => _api.ApiEndpoint;

    /// <summary>Routes requests with a method and path to a function.</summary>
    public void Route(string method, string path, BillingFunction function) => _api.AddRoutes(new AddRoutesOptions
    {
        Path = path,
        Methods = [Enum.Parse<Amazon.CDK.AWS.Apigatewayv2.HttpMethod>(method)],
        Integration = new HttpLambdaIntegration($"{function.Node.Id}-{method}", function.Function),
        AuthorizationScopes = _scopes,
    });

    // Who called, when, and with which result; no query, no body, no header.
    private void LogAccess(HttpStage stage, string name, CloudSettings settings)
    {
        LogGroup log = new(this, "AccessLog", new LogGroupProps
        {
            LogGroupName = $"/aws/apigateway/{name}",
            Retention = RetentionDays.THREE_MONTHS,
            RemovalPolicy = Removal.Of(settings),
        });
        log.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Sid = "AccessLogOfTheApi",
            Principals = [Trust.Of("delivery.logs.amazonaws.com")],
            Actions = ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resources = [log.LogGroupArn],
        }));
        CfnStage settingsOfStage = (CfnStage)stage.Node.DefaultChild!;
        settingsOfStage.AccessLogSettings = new CfnStage.AccessLogSettingsProperty
        {
            DestinationArn = log.LogGroupArn,
            Format = """{"time":"$context.requestTime","requestId":"$context.requestId","ip":"$context.identity.sourceIp","caller":"$context.identity.caller","subject":"$context.authorizer.claims.sub","route":"$context.routeKey","status":"$context.status","bytes":"$context.responseLength","error":"$context.error.message","integrationError":"$context.integrationErrorMessage"}""",
        };
    }
}
