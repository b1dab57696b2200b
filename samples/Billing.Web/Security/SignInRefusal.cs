using Microsoft.AspNetCore.Authentication;

namespace Billing.Web.Security;

/// <summary>What a person sees whose sign-in came to nothing: the page, which says so. The log has why, under an id.</summary>
internal static class SignInRefusal
{
    /// <summary>Leads to the page, and ends the request.</summary>
    public static Task AnswerAsync<TOptions>(HandleRequestContext<TOptions> context, string word, Exception? why)
        where TOptions : AuthenticationSchemeOptions
    {
        context.HandleResponse();
        return AnswerAsync(context.HttpContext, word, why);
    }

    /// <summary>Leads to the page.</summary>
    public static Task AnswerAsync(HttpContext context, string word, Exception? why)
    {
        string id = Guid.NewGuid().ToString("N");
        Log.SignInRefused(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SignInRefusal)), why, id, word);
        context.Response.Redirect($"/?refused={word}&id={id}");
        return Task.CompletedTask;
    }
}
