using System.Net;
using System.Text.Json;
using Billing.Web.Client.Importing;
using Billing.Web.Contracts;
using Bunit;

namespace Billing.Web.Client.Tests;

/// <summary>A file is stored by exactly the terms that the comparison on the screen was made with, or not at all.</summary>
public sealed class ImportTermsTests : ImportContext
{
    [Theory]
    [InlineData("layout")]
    [InlineData("scope")]
    [InlineData("expected")]
    [InlineData("unreadable")]
    [InlineData("rates")]
    public async Task As_soon_as_a_term_changes_the_comparison_is_gone_and_nothing_is_stored(string term)
    {
        ImportFile file = await ComparedAsync();
        Assert.NotNull(Page.Find("#compare-title"));
        TaskCompletionSource<string> rules = Host.Hold("GET /api/rules");
        Task changed = ChangeAsync(file, term);
        Assert.Empty(Page.FindAll("#compare-title"));
        await Runs.StoreAsync(file);
        rules.TrySetResult(NoRules);
        await changed;
        Assert.Empty(Page.FindAll("#compare-title"));
        await Runs.StoreAsync(file);
        Assert.Equal(0, Host.Count($"POST /api/uploads/{UploadId}/import"));
    }

    [Fact]
    public async Task A_comparison_that_comes_after_a_term_has_changed_is_not_shown()
    {
        ImportFile file = await ReadFileAsync();
        TaskCompletionSource<string> slow = Host.Hold($"POST /api/uploads/{UploadId}/preview");
        Task comparing = Work.CompareAsync(file);
        await ChangeAsync(file, "scope");
        slow.SetResult(Preview);
        await comparing;
        Assert.Null(file.Comparison);
        Assert.False(file.IsSending);
        Assert.Null(file.Percent);
        await Work.CompareAsync(file);
        Assert.Equal("other", file.Comparison!.Terms.Scope);
    }

    [Fact]
    public async Task What_is_stored_is_what_was_compared()
    {
        ImportFile file = await ReadFileAsync();
        file.Expected.Rows = "2";
        await ChangeAsync(file, "scope");
        await Work.CompareAsync(file);
        Host.Answer($"POST /api/uploads/{UploadId}/import", """{ "status": 409 }""", HttpStatusCode.Conflict);
        file.Scope = "not compared";
        await Runs.StoreAsync(file);
        string compared = Host.Asked.Last(asked => asked.Request.EndsWith("/preview", StringComparison.Ordinal)).Body;
        Assert.Equal(compared, Host.Asked.Last(asked => asked.Request.EndsWith("/import", StringComparison.Ordinal)).Body);
        ImportTerms terms = JsonSerializer.Deserialize(compared, WebJsonContext.Default.ImportTerms)!;
        Assert.Equal("other", terms.Scope);
        Assert.Equal(StatedTotals.Parse("rows=2"), terms.Expect);
    }

    [Theory]
    [InlineData("unreadable")]
    [InlineData("rates")]
    public async Task A_file_with_a_term_that_cannot_be_read_is_not_compared(string term)
    {
        ImportFile file = await ReadFileAsync();
        await ChangeAsync(file, term);
        await Work.CompareAsync(file);
        Assert.Equal(0, Host.Count($"POST /api/uploads/{UploadId}/preview"));
        Assert.Null(file.Local);
    }

    [Fact]
    public async Task Of_two_readings_the_later_one_is_shown_whichever_ends_first()
    {
        ImportFile file = await ReadFileAsync();
        TaskCompletionSource<string> slow = Host.Hold("GET /api/rules");
        Task first = Work.ReadAsync(file);
        await Work.UseAsync(file, file.Layout with { NegateAmounts = true });
        slow.SetResult(NoRules);
        await first;
        Assert.Equal(Money.Parse("-10.00 USD"), file.Local!.Rows[0].Record!.Amount);
        Assert.True(file.Layout.NegateAmounts);
        Assert.Equal(ImportStage.Local, file.Stage);
    }

    [Fact]
    public async Task Two_clicks_compare_once_and_store_once()
    {
        ImportFile file = await ReadFileAsync();
        TaskCompletionSource<string> preview = Host.Hold($"POST /api/uploads/{UploadId}/preview");
        Task[] compared = [Work.CompareAsync(file), Work.CompareAsync(file)];
        preview.SetResult(Preview);
        await Task.WhenAll(compared);
        TaskCompletionSource<string> import = Host.Hold($"POST /api/uploads/{UploadId}/import");
        Host.Stream("GET /api/imports/1/events", Event("completed"));
        Task[] stored = [Runs.StoreAsync(file), Runs.StoreAsync(file)];
        import.SetResult(Import("running"));
        await Task.WhenAll(stored);
        Assert.Equal(1, Host.Count($"POST /api/uploads/{UploadId}/preview"));
        Assert.Equal(1, Host.Count($"POST /api/uploads/{UploadId}/import"));
        Assert.Equal("completed", file.Import!.State);
    }

    [Fact]
    public async Task A_file_that_was_sent_is_not_said_to_have_stayed()
    {
        ImportFile file = await ReadFileAsync();
        Assert.Contains("Nothing has left this machine", Page.Markup, StringComparison.Ordinal);
        await Work.CompareAsync(file);
        Assert.DoesNotContain("Nothing has left this machine", Page.Markup, StringComparison.Ordinal);
    }

    private Task ChangeAsync(ImportFile file, string term)
    {
        switch (term)
        {
            case "layout":
                return Work.UseAsync(file, file.Layout with { NegateAmounts = true });
            case "scope":
                file.Scope = "other";
                break;
            case "expected":
                file.Expected.Rows = "2";
                break;
            case "unreadable":
                file.Expected.Total = "1,2,3";
                break;
            default:
                file.Rates = "CAD";
                break;
        }

        return Work.ReadAsync(file);
    }
}
