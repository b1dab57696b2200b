using System.Text.Json;
using Billing.Web.Client.Host;

namespace Billing.Web.Client.Parts;

/// <summary>A file of the host that is edited on a page. A draft is kept in the browser with the version that it was begun on, so that what others changed since is told and not overwritten.</summary>
public sealed class EditedText(Browser browser, string key)
{
    private bool _isDraft;
    private string? _begunOn;

    /// <summary>What is in the field.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The file on the host; null before the first answer.</summary>
    public string? HostText { get; private set; }

    /// <summary>The version of the file on the host.</summary>
    public string? HostVersion { get; private set; }

    /// <summary>Whether the field has something else than the host.</summary>
    public bool IsChanged => HostText is not null && Text != HostText;

    /// <summary>Whether the browser keeps the draft.</summary>
    public bool IsKept { get; private set; } = true;

    /// <summary>Whether somebody else changed the file after the draft was begun.</summary>
    public bool IsBehind => IsChanged && _begunOn is not null && _begunOn != HostVersion;

    /// <summary>Takes up the draft that the browser keeps.</summary>
    public async Task LoadAsync()
    {
        if (await browser.ReadDraftAsync(key) is { } kept)
        {
            TextDraft draft = Parse(kept);
            (Text, _begunOn, _isDraft) = (draft.Text ?? kept, draft.Version ?? HostVersion, true);
        }
    }

    /// <summary>Takes what the host has. A draft stays as it is.</summary>
    public void Take(string text, string version)
    {
        (HostText, HostVersion) = (text, version);
        _begunOn ??= version;
        if (!_isDraft)
        {
            (Text, _begunOn) = (text, version);
        }
    }

    /// <summary>Keeps what is typed.</summary>
    public async Task KeepAsync(string text)
    {
        (Text, _isDraft) = (text, true);
        await WriteAsync();
    }

    /// <summary>Forgets the draft: the field has what the host has.</summary>
    public async Task ForgetAsync()
    {
        (Text, _begunOn, _isDraft) = (HostText ?? "", HostVersion, false);
        await browser.KeepDraftAsync(key, null);
    }

    /// <summary>Takes the draft for one of the version that the host has now: its reader has seen what others changed.</summary>
    public async Task RebaseAsync()
    {
        _begunOn = HostVersion;
        await WriteAsync();
    }

    private async Task WriteAsync() => IsKept = await browser.KeepDraftAsync(key, JsonSerializer.Serialize(new TextDraft(Text, _begunOn), PageJsonContext.Default.TextDraft));

    private static TextDraft Parse(string kept)
    {
        try
        {
            return JsonSerializer.Deserialize(kept, PageJsonContext.Default.TextDraft) ?? new TextDraft(null, null);
        }
        catch (JsonException)
        {
            // The text alone, of an earlier version of the page.
            return new TextDraft(null, null);
        }
    }
}
