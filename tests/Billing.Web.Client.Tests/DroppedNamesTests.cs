using Billing.Web.Client.Host;
using Billing.Web.Client.Importing;
using Billing.Web.Client.Pages;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Client.Tests;

/// <summary>Files that were dropped and not imported are named after a reload, and asked for until they are there again, begun, put away or not needed.</summary>
public sealed class DroppedNamesTests : ImportContext
{
    private const string Kept = "billing.draft.files";
    private DroppedNames? _dropped;

    public DroppedNamesTests() => Services.AddTransient(services => _dropped ??= new DroppedNames(services.GetRequiredService<Browser>(), services.GetRequiredService<ImportTray>()));

    [Fact]
    public async Task What_was_dropped_is_named_after_a_reload_until_it_is_dropped_again()
    {
        Host.Answer("GET /api/rules", NoRules);
        await OpenAsync();
        IRenderedComponent<ImportPage> page = Render<ImportPage>();
        Drop(page, "a.csv", "b.csv");
        page.WaitForAssertion(() => Assert.Equal("""["a.csv","b.csv"]""", Storage.Written(Kept)), TimeSpan.FromSeconds(20));
        Assert.Empty(page.FindAll("#missing"));

        IRenderedComponent<ImportPage> again = await ReloadAsync();
        Assert.Equal(["a.csv", "b.csv"], again.FindAll("#missing li").Select(name => name.TextContent));
        Assert.Contains("Drop or choose them again.", again.Find("#missing").TextContent, StringComparison.Ordinal);
        Drop(again, "b.csv");
        again.WaitForAssertion(() => Assert.Equal(["a.csv"], again.FindAll("#missing li").Select(name => name.TextContent)), TimeSpan.FromSeconds(20));
        await again.Find("#missing button").ClickAsync();
        Assert.Empty(again.FindAll("#missing"));
        Assert.Equal("""["b.csv"]""", Storage.Written(Kept));
    }

    [Fact]
    public async Task A_file_whose_import_has_begun_or_that_was_put_away_is_not_asked_for()
    {
        ImportFile file = await ComparedAsync();
        Page.WaitForAssertion(() => Assert.Equal("""["a.csv"]""", Storage.Written(Kept)), TimeSpan.FromSeconds(20));
        Host.Answer($"POST /api/uploads/{UploadId}/import", Import("running"), System.Net.HttpStatusCode.Accepted);
        Host.Stream("GET /api/imports/1/events", Event("completed", runId: "r1"));
        await Page.InvokeAsync(() => Runs.StoreAsync(file));
        Page.WaitForAssertion(() => Assert.Null(Storage.Written(Kept)), TimeSpan.FromSeconds(20));
        ImportFile other = new("c.csv", file.Bytes, "00112233445566778899");
        await Page.InvokeAsync(() =>
        {
            Tray.Files.Add(other);
            Tray.Shown = other;
            Tray.Tell();
        });
        Page.WaitForAssertion(() => Assert.Equal("""["c.csv"]""", Storage.Written(Kept)), TimeSpan.FromSeconds(20));
        await Page.Find("#file button.plain").ClickAsync();
        Assert.Null(Storage.Written(Kept));
    }

    [Fact]
    public async Task What_another_version_of_the_page_kept_is_left_alone()
    {
        Storage.Put(Kept, "{");
        await OpenAsync();
        Assert.Empty(Render<ImportPage>().FindAll("#missing"));
    }

    private static void Drop(IRenderedComponent<ImportPage> page, params string[] names) =>
        page.FindComponent<InputFile>().UploadFiles([.. names.Select(name => InputFileContent.CreateFromText("date,amount,currency\n2026-01-01,10.00,USD\n", name))]);

    // Everything that the page had in memory is gone, and the storage of the browser is not.
    private async Task<IRenderedComponent<ImportPage>> ReloadAsync()
    {
        await DisposeComponentsAsync();
        Tray.Files.Clear();
        (Tray.Shown, Tray.IsRestored, _dropped) = (null, false, null);
        return Render<ImportPage>();
    }
}
