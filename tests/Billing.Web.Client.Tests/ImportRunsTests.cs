using System.Net;
using System.Text.Json;
using Billing.Web.Client.Importing;
using Billing.Web.Client.Pages;
using Billing.Web.Contracts;
using Bunit;

namespace Billing.Web.Client.Tests;

/// <summary>An import is followed to its end whatever breaks off, and only the host says what the end is.</summary>
public sealed class ImportRunsTests : ImportContext
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_stream_that_breaks_off_is_taken_up_again_and_never_taken_for_the_end()
    {
        ImportFile file = await StartedAsync(() => Event("running"));
        Host.Answer("GET /api/imports/1", Import("running"));
        Task stored = Runs.StoreAsync(file);
        Page.WaitForAssertion(() => Assert.NotNull(Page.Find("#cut-off")), s_patience);
        Assert.Equal(ImportStage.Running, file.Stage);
        Assert.DoesNotContain("is stored", Page.Markup, StringComparison.Ordinal);
        Host.Stream("GET /api/imports/1/events", Event("running") + Event("completed", runId: "r1"));
        await stored.WaitAsync(s_patience, Xunit.TestContext.Current.CancellationToken);
        Assert.Equal(ImportStage.Ended, file.Stage);
        Assert.Contains("a.csv is stored", Page.Find("#result-title").TextContent, StringComparison.Ordinal);
        Assert.Empty(Page.FindAll("#cut-off"));
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task A_host_that_refuses_for_a_while_is_asked_again_and_the_file_is_not_offered_for_storing(HttpStatusCode status)
    {
        ImportFile file = await StartedAsync(() => "");
        string refusal = $$"""{ "status": {{(int)status}} }""";
        Host.Answer("GET /api/imports/1/events", refusal, status);
        Host.Answer("GET /api/imports/1", refusal, status);
        Task stored = Runs.StoreAsync(file);
        Page.WaitForAssertion(() => Assert.NotNull(Page.Find("#cut-off")), s_patience);
        Assert.Empty(Page.FindAll("#compare-title"));
        Host.Answer("GET /api/imports/1", Import("completed", runId: "r1"));
        await stored.WaitAsync(s_patience, Xunit.TestContext.Current.CancellationToken);
        Assert.Equal("completed", file.Import!.State);
        Assert.Empty(Page.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task An_import_that_the_host_does_not_know_is_not_said_to_be_stored()
    {
        ImportFile file = await StartedAsync(() => "");
        Host.Answer("GET /api/imports/1", """{ "status": 404 }""", HttpStatusCode.NotFound);
        await Runs.StoreAsync(file).WaitAsync(s_patience, Xunit.TestContext.Current.CancellationToken);
        Assert.Equal("lost", file.Import!.State);
        Assert.Contains("does not know", Page.Find("#result-title").TextContent, StringComparison.Ordinal);
        Assert.Null(Storage.Written($"billing.import.{UploadId}"));
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(null)]
    public async Task An_import_whose_answer_was_lost_is_found_and_not_begun_twice(HttpStatusCode? status)
    {
        ImportFile file = await ComparedAsync();
        string path = $"POST /api/uploads/{UploadId}/import";
        if (status is { } failed)
        {
            Host.Answer(path, """{ "status": 500 }""", failed);
        }
        else
        {
            Host.Vanish(path);
        }

        await Runs.StoreAsync(file);
        Assert.True(file.IsUnanswered);
        Assert.Equal(ImportStage.Compared, file.Stage);
        Host.Answer("GET /api/imports", $$"""{ "items": [ {{Import("completed", runId: "r1")}} ] }""");
        Host.Stream("GET /api/imports/1/events", Event("completed", runId: "r1"));
        await Runs.StoreAsync(file).WaitAsync(s_patience, Xunit.TestContext.Current.CancellationToken);
        Assert.Equal("completed", file.Import!.State);
        Assert.Equal(1, Host.Count(path));
    }

    [Fact]
    public async Task An_import_that_was_stopped_and_gone_on_with_is_taken_back_with_both_runs()
    {
        ImportFile file = await StartedAsync(() => Event("cancelled", runId: "r1"));
        await Runs.StoreAsync(file).WaitAsync(s_patience, Xunit.TestContext.Current.CancellationToken);
        Assert.Contains("a.csv was stopped", Page.Find("#result-title").TextContent, StringComparison.Ordinal);
        Host.Answer($"POST /api/uploads/{UploadId}/import", Import("running", "2"), HttpStatusCode.Accepted);
        Host.Stream("GET /api/imports/2/events", Event("completed", "2", "r2"));
        await Runs.GoOnAsync(file).WaitAsync(s_patience, Xunit.TestContext.Current.CancellationToken);
        string[] terms = [.. Host.Asked.Where(asked => asked.Request.EndsWith("/import", StringComparison.Ordinal)).Select(asked => asked.Body)];
        Assert.Equal(terms[0], terms[1]);
        Host.Answer("POST /api/runs/r2/revert", """{ "entries": [] }""");
        Host.Vanish("POST /api/runs/r1/revert");
        await Runs.UndoAsync(file);
        Assert.False(file.IsUndone);
        Host.Answer("POST /api/runs/r1/revert", """{ "entries": [] }""");
        await Task.WhenAll(Runs.UndoAsync(file), Runs.UndoAsync(file));
        Assert.True(file.IsUndone);
        Assert.Equal((2, 1), (Host.Count("POST /api/runs/r1/revert"), Host.Count("POST /api/runs/r2/revert")));
    }

    [Fact]
    public async Task A_stop_that_comes_too_late_is_no_fault()
    {
        ImportFile file = await StartedAsync(() => Event("running"));
        Host.Answer("GET /api/imports/1", Import("running"));
        Task stored = Runs.StoreAsync(file);
        Page.WaitForAssertion(() => Assert.NotNull(Page.Find("#stop")), s_patience);
        Host.Answer("POST /api/imports/1/cancel", """{ "status": 409 }""", HttpStatusCode.Conflict);
        await Task.WhenAll(Runs.CancelAsync(file), Runs.CancelAsync(file));
        Assert.Null(file.Problem);
        Assert.Equal(1, Host.Count("POST /api/imports/1/cancel"));
        Host.Stream("GET /api/imports/1/events", Event("completed", runId: "r1"));
        await stored.WaitAsync(s_patience, Xunit.TestContext.Current.CancellationToken);
        Assert.Equal("completed", file.Import!.State);
    }

    [Fact]
    public async Task A_page_that_is_loaded_again_finds_its_import_and_goes_on_with_its_terms()
    {
        await OpenAsync();
        await ReadFileAsync();
        Tray.Files.Clear();
        (Tray.IsRestored, Tray.Shown) = (false, null);
        string terms = JsonSerializer.Serialize(new ImportTerms { Scope = "mine" }, WebJsonContext.Default.ImportTerms);
        Storage.Put($"billing.import.{UploadId}", JsonSerializer.Serialize(new KeptImport { UploadId = UploadId, Name = "a.csv", ImportId = "1", Terms = terms, Runs = ["r1"] }, PageJsonContext.Default.KeptImport));
        Host.Stream("GET /api/imports/1/events", Event("interrupted"));
        IRenderedComponent<ImportPage> page = Render<ImportPage>();
        page.WaitForAssertion(() => Assert.Contains("a.csv was interrupted", page.Find("#result-title").TextContent, StringComparison.Ordinal), s_patience);
        Assert.NotNull(Storage.Written($"billing.import.{UploadId}"));
        Host.Answer($"POST /api/uploads/{UploadId}/import", Import("running", "2"), HttpStatusCode.Accepted);
        Host.Stream("GET /api/imports/2/events", Event("completed", "2", "r2"));
        await page.Find("section button.primary").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("a.csv is stored", page.Find("#result-title").TextContent, StringComparison.Ordinal), s_patience);
        Assert.Equal(terms, Host.Asked.Single(asked => asked.Request.EndsWith("/import", StringComparison.Ordinal)).Body);
        Assert.Null(Storage.Written($"billing.import.{UploadId}"));
        Assert.Equal(["r1", "r2"], Assert.Single(Tray.Files).Kept!.Runs);
    }

    private async Task<ImportFile> StartedAsync(Func<string> events)
    {
        ImportFile file = await ComparedAsync();
        Host.Answer($"POST /api/uploads/{UploadId}/import", Import("running"), HttpStatusCode.Accepted);
        Host.Stream("GET /api/imports/1/events", events());
        return file;
    }
}
