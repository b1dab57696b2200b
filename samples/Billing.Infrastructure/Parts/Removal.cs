using Amazon.CDK;

namespace Billing.Infrastructure.Parts;

/// <summary>What happens to data when its stack is destroyed.</summary>
internal static class Removal
{
    public static RemovalPolicy Of(CloudSettings settings) => settings.RemoveData ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
}
