using Amazon.CDK;
using Amazon.CDK.AWS.CertificateManager;
using Amazon.CDK.AWS.CloudFront;
using Amazon.CDK.AWS.CloudFront.Origins;
using Amazon.CDK.AWS.S3;
using Billing.Infrastructure.Parts;

namespace Billing.Infrastructure;

/// <summary>The page: its files in a private bucket, behind CloudFront, at the origin that the HTTP APIs allow.</summary>
public sealed class PageStack : Stack
{
    // The addresses of the page's own pages have no file. Only these are rewritten: a file that is missing is an error, and no answer of an API passes here.
    private const string Rewriting = """
        function handler(event) {
          var request = event.request;
          var last = request.uri.substring(request.uri.lastIndexOf('/') + 1);
          if (last.indexOf('.') < 0) request.uri = '/index.html';
          return request;
        }
        """;

    internal PageStack(Constructs.Construct scope, CloudSettings settings, HttpEntry receipts, HttpEntry transactions, HttpEntry expenses, PageOpenId? openId)
        : base(scope, $"billing-{settings.Stage}-page")
    {
        string name = $"billing-{settings.Stage}-page";
        string domain = new Uri(settings.CorsOrigin!).Host;
        StoreBucket files = new(this, "Files", "page", settings, new LifecycleRule { Id = "old-versions", NoncurrentVersionExpiration = Duration.Days(90) });
        Bucket log = Log(settings);
        Distribution distribution = new(this, "Distribution", new DistributionProps
        {
            Comment = name,
            DomainNames = [domain],
            Certificate = Certificate.FromCertificateArn(this, "Certificate", settings.PageCertificate!),
            MinimumProtocolVersion = SecurityPolicyProtocol.TLS_V1_2_2021,
            HttpVersion = HttpVersion.HTTP2_AND_3,
            DefaultRootObject = "index.html",
            EnableLogging = true,
            LogBucket = log,
            LogFilePrefix = "page/",
            LogIncludesCookies = false,
            DefaultBehavior = new BehaviorOptions
            {
                Origin = S3BucketOrigin.WithOriginAccessControl(files.Bucket),
                ViewerProtocolPolicy = ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
                AllowedMethods = AllowedMethods.ALLOW_GET_HEAD,
                CachePolicy = CachePolicy.CACHING_OPTIMIZED,
                Compress = true,
                ResponseHeadersPolicy = PageHeaders.Create(this, name, [receipts.Endpoint, transactions.Endpoint, expenses.Endpoint, .. openId?.Addresses ?? []]),
                FunctionAssociations =
                [
                    new FunctionAssociation
                    {
                        EventType = FunctionEventType.VIEWER_REQUEST,
                        Function = new Function(this, "Addresses", new FunctionProps { FunctionName = name, Runtime = FunctionRuntime.JS_2_0, Code = FunctionCode.FromInline(Rewriting), Comment = "Addresses without a file are those of the page." }),
                    },
                ],
            },
        });
        string currencies = string.Join(", ", settings.Rates.Split(',').Select(rate => rate.Split('=')[0].Trim()).Where(code => code != Currency.Usd.Code).Prepend(Currency.Usd.Code).Select(code => $"\"{code}\""));
        Output("PageBucket", files.Bucket.BucketName, "The files of the page: docs/deploy.md says how to upload them.");
        Output("PageTarget", distribution.DistributionDomainName, $"The name {domain} must lead here (CNAME or ALIAS).");
        string signIn = openId is not null ? $"\"signIn\": \"openid\", \"openId\": {openId.ToJson()}, " : settings.TokenIssuer is not null ? "\"signIn\": \"token\", " : "";
        Output("PageSettings", $$"""{ {{signIn}}"expenses": "{{expenses.Endpoint}}/", "receipts": "{{receipts.Endpoint}}/", "transactions": "{{transactions.Endpoint}}/", "reportingCurrency": "USD", "currencies": [{{currencies}}] }""", "The content of settings.json.");
    }

    // CloudFront writes its log with an access control list of its own, which the other buckets do not take.
    private Bucket Log(CloudSettings settings) => new(this, "LogBucket", new BucketProps
    {
            BucketName = $"billing-{settings.Stage}-page-log-{Aws.ACCOUNT_ID}",
        Encryption = BucketEncryption.S3_MANAGED,
        EnforceSSL = true,
        MinimumTLSVersion = 1.2,
        BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
        ObjectOwnership = ObjectOwnership.BUCKET_OWNER_PREFERRED,
        RemovalPolicy = Removal.Of(settings),
        AutoDeleteObjects = settings.RemoveData,
        LifecycleRules = [new LifecycleRule { Id = "ninety-days", Expiration = Duration.Days(90) }],
    });

    private void Output(string id, string value, string description) => _ = new CfnOutput(this, id, new CfnOutputProps { Value = value, Description = description });
}
