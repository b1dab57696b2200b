using Amazon.CDK;
using Amazon.CDK.AWS.IAM;

namespace Billing.Infrastructure.Parts;

/// <summary>Who may assume a role: an AWS service, for this account only.</summary>
internal static class Trust
{
    public static ServicePrincipal Of(string service) => new(service, new ServicePrincipalOpts
    {
        Conditions = new Dictionary<string, object> { ["StringEquals"] = new Dictionary<string, object> { ["aws:SourceAccount"] = Aws.ACCOUNT_ID } },
    });
}
