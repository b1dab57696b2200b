using Amazon.CDK;
using Amazon.CDK.AWS.CloudFront;
using Constructs;

namespace Billing.Infrastructure.Parts;

/// <summary>What a browser may do with the page: the headers of samples/Billing.Web, with connections to the HTTP APIs, to the two addresses at the provider that signing in needs, and to nothing else.</summary>
internal static class PageHeaders
{
    public static ResponseHeadersPolicy Create(Construct scope, string name, IReadOnlyList<string> addresses) => new(scope, "Headers", new ResponseHeadersPolicyProps
    {
        ResponseHeadersPolicyName = name,
        SecurityHeadersBehavior = new ResponseSecurityHeadersBehavior
        {
            ContentSecurityPolicy = new ResponseHeadersContentSecurityPolicy
            {
                ContentSecurityPolicy =
                    $"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' {string.Join(' ', addresses)}; manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
                Override = true,
            },
            ContentTypeOptions = new ResponseHeadersContentTypeOptions { Override = true },
            FrameOptions = new ResponseHeadersFrameOptions { FrameOption = HeadersFrameOption.DENY, Override = true },
            ReferrerPolicy = new ResponseHeadersReferrerPolicy { ReferrerPolicy = HeadersReferrerPolicy.NO_REFERRER, Override = true },
            StrictTransportSecurity = new ResponseHeadersStrictTransportSecurity { AccessControlMaxAge = Duration.Days(365), IncludeSubdomains = false, Override = true },
        },
        CustomHeadersBehavior = new ResponseCustomHeadersBehavior
        {
            CustomHeaders =
            [
                new ResponseCustomHeader { Header = "Cross-Origin-Opener-Policy", Value = "same-origin", Override = true },
                new ResponseCustomHeader { Header = "Cross-Origin-Resource-Policy", Value = "same-origin", Override = true },
                // The browser asks each time, and is answered by the ETag: a new version is there at once.
                new ResponseCustomHeader { Header = "Cache-Control", Value = "no-cache", Override = true },
            ],
        },
    });
}
