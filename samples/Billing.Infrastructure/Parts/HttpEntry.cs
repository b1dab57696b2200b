using Amazon.CDK;
using Amazon.CDK.AWS.Apigatewayv2;
using Amazon.CDK.AwsApigatewayv2Authorizers;
using Amazon.CDK.AwsApigatewayv2Integrations;
using Constructs;

namespace Billing.Infrastructure.Parts;

/// <summary>An HTTP API that only signed-in callers may use: with tokens of the stated issuer, else with requests that IAM signs.</summary>
internal sealed class HttpEntry : Construct
{
    private const int RequestsPerSecond = 50;
    private const int Burst = 100;

    private readonly HttpApi _api;

    public HttpEntry(Construct scope, string id, string name, CloudSettings settings)
        : base(scope, id)
    {
        _api = new HttpApi(this, "Api", new HttpApiProps
        {
            ApiName = name,
            CreateDefaultStage = false,
            DefaultAuthorizer = settings.TokenIssuer is { } issuer
                ? new HttpJwtAuthorizer("Tokens", issuer, new HttpJwtAuthorizerProps { JwtAudience = [settings.TokenAudience!] })
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
        _ = new CfnOutput(this, "Url", new CfnOutputProps { Value = stage.Url });
    }

    /// <summary>Sends requests of a method and path to a function.</summary>
    public void Route(string method, string path, BillingFunction function) => _api.AddRoutes(new AddRoutesOptions
    {
        Path = path,
        Methods = [Enum.Parse<Amazon.CDK.AWS.Apigatewayv2.HttpMethod>(method)],
        Integration = new HttpLambdaIntegration($"{function.Node.Id}-{method}", function.Function),
    });
}
