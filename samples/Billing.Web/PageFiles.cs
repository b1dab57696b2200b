namespace Billing.Web;

/// <summary>The files of the page. Anybody may have them: they hold nothing of the ledger.</summary>
internal static class PageFiles
{
    private const string Page = "index.html";

    public static void Map(WebApplication app)
    {
        if (app.Environment.WebRootFileProvider.GetFileInfo(Page).Exists)
        {
            app.MapStaticAssets().AllowAnonymous().ExcludeFromDescription();
            app.MapFallbackToFile(Page).AllowAnonymous().ExcludeFromDescription();
        }
        else
        {
            app.MapGet("/", () => TypedResults.Text("Billing.Web serves an HTTP API here. This build has no page: docs/web-api.md lists the routes.")).AllowAnonymous().ExcludeFromDescription();
        }
    }
}
