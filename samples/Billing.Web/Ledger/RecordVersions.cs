using System.Security.Cryptography;
using System.Text.Json;
using Billing.Web.Contracts;
using Billing.Web.Expenses;

namespace Billing.Web.Ledger;

/// <summary>Records as the API gives them: with a version that changes with them.</summary>
internal static class RecordVersions
{
    public static RecordReply Of(BillingRecord record) => new() { Record = record, Version = VersionOf(record), IsEditable = ExpenseScope.IsOf(record) };

    public static string VersionOf(BillingRecord record) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(record, WebJsonContext.Default.BillingRecord)))[..32];

    public static string TagOf(RecordReply reply) => $"\"{reply.Version}\"";

    /// <summary>A record with its ETag.</summary>
    public static IResult Answer(HttpContext context, RecordReply reply, int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.ETag = TagOf(reply);
        return TypedResults.Json(reply, WebJsonContext.Default.RecordReply, statusCode: status);
    }
}
