using Billing.Web.Contracts;

namespace Billing.Web.Problems;

/// <summary>Problem documents (RFC 9457).</summary>
internal static class Problem
{
    public const string MediaType = "application/problem+json";

    /// <summary>A refusal with one reason.</summary>
    public static IResult Of(int status, string detail) => Of(new ProblemReply { Status = status, Detail = detail });

    /// <summary>A refusal because of fields.</summary>
    public static IResult Of(FieldErrors errors, int status = StatusCodes.Status400BadRequest) => Of(new ProblemReply { Status = status, Detail = "Some fields are wrong. See 'errors'.", Errors = errors.ByField });

    public static IResult NotFound(string what) => Of(StatusCodes.Status404NotFound, what);

    public static IResult Of(ProblemReply problem) => TypedResults.Json(Titled(problem), WebJsonContext.Default.ProblemReply, MediaType, problem.Status);

    public static Task WriteAsync(HttpContext context, int status, string detail, string? id = null) => Of(new ProblemReply { Status = status, Detail = detail, Id = id }).ExecuteAsync(context);

    private static ProblemReply Titled(ProblemReply problem) => problem with { Type = "about:blank", Title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(problem.Status) };
}
