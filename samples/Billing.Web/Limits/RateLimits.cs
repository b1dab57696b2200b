using System.Threading.RateLimiting;
using Billing.Web.Problems;

namespace Billing.Web.Limits;

/// <summary>How many requests one address may make.</summary>
internal static class RateLimits
{
    public const string SignIn = "sign-in";

    private const int SignInsPerMinute = 10;

    public static void Add(IServiceCollection services, int requestsPerMinute) => services.AddRateLimiter(options =>
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => PerMinute(context, requestsPerMinute));
        options.AddPolicy(SignIn, context => PerMinute(context, SignInsPerMinute));
        options.OnRejected = async (context, _) => await Problem.WriteAsync(context.HttpContext, StatusCodes.Status429TooManyRequests, "Too many requests. Wait a minute and try again.");
    });

    private static RateLimitPartition<string> PerMinute(HttpContext context, int requests) => RateLimitPartition.GetFixedWindowLimiter(
        context.Connection.RemoteIpAddress?.ToString() ?? "",
        _ => new FixedWindowRateLimiterOptions { PermitLimit = requests, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 });
}
