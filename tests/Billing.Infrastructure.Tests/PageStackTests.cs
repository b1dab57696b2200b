using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Billing.Infrastructure.Tests;

/// <summary>The page behind CloudFront.</summary>
public sealed class PageStackTests(SynthesisedCloud cloud)
{
    private const string Stack = "billing-test-page";

    private JsonNode Distribution => Assert.Single(cloud.Of("AWS::CloudFront::Distribution")).Resource["Properties"]!["DistributionConfig"]!;

    private JsonNode Behavior => Distribution["DefaultCacheBehavior"]!;

    [Fact]
    public void It_is_at_the_origin_that_the_APIs_allow_with_its_certificate_and_TLS_1_2()
    {
        Assert.Equal(["books.example.com"], Distribution["Aliases"]!.AsArray().Select(one => (string?)one));
        JsonNode certificate = Distribution["ViewerCertificate"]!;
        Assert.Equal((SynthesisedCloud.Certificate, "TLSv1.2_2021", "sni-only"), ((string?)certificate["AcmCertificateArn"], (string?)certificate["MinimumProtocolVersion"], (string?)certificate["SslSupportMethod"]));
        Assert.Equal("redirect-to-https", (string?)Behavior["ViewerProtocolPolicy"]);
        Assert.Equal(3, cloud.Of("AWS::ApiGatewayV2::Api").Count);
        Assert.All(cloud.Of("AWS::ApiGatewayV2::Api"), api => Assert.Equal(["https://books.example.com"], api.Resource["Properties"]!["CorsConfiguration"]!["AllowOrigins"]!.AsArray().Select(one => (string?)one)));
    }

    [Fact]
    public void Its_bucket_is_read_by_this_distribution_and_by_nothing_else()
    {
        JsonNode origin = Assert.Single(Distribution["Origins"]!.AsArray())!;
        string access = SynthesisedCloud.IdIn(origin["OriginAccessControlId"])!;
        JsonNode control = cloud.Templates[Stack]["Resources"]![access]!["Properties"]!["OriginAccessControlConfig"]!;
        Assert.Equal(("s3", "always", "sigv4"), ((string?)control["OriginAccessControlOriginType"], (string?)control["SigningBehavior"], (string?)control["SigningProtocol"]));
        string bucket = SynthesisedCloud.IdIn(origin["DomainName"])!;
        JsonNode policy = Assert.Single(cloud.Of("AWS::S3::BucketPolicy"), one => one.Stack == Stack && SynthesisedCloud.IdIn(one.Resource["Properties"]!["Bucket"]) == bucket).Resource["Properties"]!["PolicyDocument"]!;
        JsonNode read = Assert.Single(policy["Statement"]!.AsArray(), one => (string?)one!["Effect"] == "Allow" && one["Principal"]!["Service"] is not null)!;
        Assert.Equal(("cloudfront.amazonaws.com", "s3:GetObject"), ((string?)read["Principal"]!["Service"], (string?)read["Action"]));
        Assert.Contains(cloud.Of("AWS::CloudFront::Distribution")[0].Id, read["Condition"]!["StringEquals"]!["AWS:SourceArn"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.All(cloud.Of("AWS::S3::Bucket").Where(one => one.Stack == Stack), one => Assert.All(one.Resource["Properties"]!["PublicAccessBlockConfiguration"]!.AsObject(), block => Assert.True((bool)block.Value!)));
    }

    [Fact]
    public void Its_headers_are_those_of_the_host_and_it_may_connect_to_the_three_APIs_only()
    {
        JsonNode headers = Assert.Single(cloud.Of("AWS::CloudFront::ResponseHeadersPolicy")).Resource["Properties"]!["ResponseHeadersPolicyConfig"]!;
        JsonNode security = headers["SecurityHeadersConfig"]!;
        string policy = string.Concat(security["ContentSecurityPolicy"]!["ContentSecurityPolicy"]!["Fn::Join"]![1]!.AsArray().Select(part => part is JsonValue ? (string?)part : ApiOf(part!)));
        string[] connect = policy.Split("connect-src ")[1].Split(';')[0].Split(' ');
        Assert.Equal(4, connect.Length);
        Assert.Equal("'self'", connect[0]);
        Assert.Equal(["https://expenses.api", "https://receipts.api", "https://transactions.api"], connect.Skip(1).Order(StringComparer.Ordinal));
        string host = File.ReadAllText(Repository.PathTo("samples", "Billing.Web", "Security", "ResponseHeaders.cs"));
        Assert.Contains(policy.Replace(string.Join(' ', connect), "'self'", StringComparison.Ordinal), host, StringComparison.Ordinal);
        Assert.True((bool)security["ContentSecurityPolicy"]!["Override"]!);
        Assert.Equal(("DENY", "no-referrer", true), ((string?)security["FrameOptions"]!["FrameOption"], (string?)security["ReferrerPolicy"]!["ReferrerPolicy"], (bool)security["ContentTypeOptions"]!["Override"]!));
        Assert.Equal(
            ["Cross-Origin-Opener-Policy: same-origin", "Cross-Origin-Resource-Policy: same-origin", "Cache-Control: no-cache"],
            headers["CustomHeadersConfig"]!["Items"]!.AsArray().Select(one => $"{one!["Header"]}: {one["Value"]}"));
        Assert.Equal(SynthesisedCloud.IdIn(Behavior["ResponseHeadersPolicyId"]), cloud.Of("AWS::CloudFront::ResponseHeadersPolicy")[0].Id);
        Assert.True((bool)Behavior["Compress"]!);
    }

    [Theory]
    [InlineData("/", "/index.html")]
    [InlineData("/app/logged", "/index.html")]
    [InlineData("/app/", "/index.html")]
    [InlineData("/page.js", "/page.js")]
    [InlineData("/_framework/missing.wasm", "/_framework/missing.wasm")]
    public void Addresses_of_the_page_are_answered_with_it_and_missing_files_are_not(string asked, string fetched)
    {
        JsonNode code = Assert.Single(cloud.Of("AWS::CloudFront::Function")).Resource["Properties"]!["FunctionCode"]!;
        using Process node = Process.Start(new ProcessStartInfo("node", ["-e", $"{code}; console.log(handler({{ request: {{ uri: process.argv[1] }} }}).uri)", asked]) { RedirectStandardOutput = true })!;
        string output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        Assert.Equal(fetched, output.Trim());
        Assert.Null(Distribution["CustomErrorResponses"]);
    }

    [Fact]
    public void Who_asked_is_logged_for_ninety_days()
    {
        string bucket = SynthesisedCloud.IdIn(Distribution["Logging"]!["Bucket"])!;
        JsonNode rule = Assert.Single(cloud.Templates[Stack]["Resources"]![bucket]!["Properties"]!["LifecycleConfiguration"]!["Rules"]!.AsArray())!;
        Assert.Equal((90, "Enabled"), ((int)rule["ExpirationInDays"]!, (string?)rule["Status"]));
    }

    [Fact]
    public void Its_settings_are_an_output_in_JSON_with_the_addresses_that_it_may_connect_to()
    {
        JsonArray parts = cloud.Templates[Stack]["Outputs"]!["PageSettings"]!["Value"]!["Fn::Join"]![1]!.AsArray();
        JsonNode settings = JsonNode.Parse(string.Concat(parts.Select(part => part is JsonValue ? (string?)part : ApiOf(part!))))!;
        Assert.All((string[])["expenses", "receipts", "transactions"], name => Assert.Equal($"https://{name}.api/", (string?)settings[name]));
        Assert.Equal("token", (string?)settings["signIn"]);
        Assert.Equal(["USD", "EUR", "GBP", "CAD", "MXN"], settings["currencies"]!.AsArray().Select(code => (string?)code));
    }

    [Theory]
    [InlineData("arn:aws:acm:eu-central-1:111122223333:certificate/1", "https://books.example.com", "The setting pageCertificate is 'arn:aws:acm:eu-central-1:111122223333:certificate/1'. Use the ARN of a certificate in us-east-1")]
    [InlineData(SynthesisedCloud.Certificate, null, "The setting corsOrigin is ''. Use the origin at which the page is deployed")]
    [InlineData(SynthesisedCloud.Certificate, "http://books.example.com", "The setting corsOrigin is 'http://books.example.com'. Use the origin at which the page is deployed")]
    [InlineData(SynthesisedCloud.Certificate, "https://books.example.com:8443", "The setting corsOrigin is 'https://books.example.com:8443'. Use the origin at which the page is deployed")]
    public void A_page_that_could_not_be_reached_is_refused(string certificate, string? origin, string message)
    {
        ArgumentException wrong = Assert.Throws<ArgumentException>(() => new CloudSettings { CodePath = cloud.CodePath, Rates = SynthesisedCloud.Rates, CertificatesPath = SynthesisedCloud.CertificatesPath, PageCertificate = certificate, CorsOrigin = origin }.Checked());
        Assert.StartsWith(message, wrong.Message, StringComparison.Ordinal);
    }

    // What another stack exports as the address of its API, by the name of the system.
    private static string ApiOf(JsonNode reference)
    {
        string export = (string)reference["Fn::ImportValue"]!;
        Assert.Matches("ApiEndpoint[0-9A-F]*$", export);
        return $"https://{export.Split(':')[0]["billing-test-".Length..]}.api";
    }
}
