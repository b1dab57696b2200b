using Billing.Web.Client.Host;

namespace Billing.Web.Client.Parts;

/// <summary>
/// The draft of a settings file that several people edit, and the same person in several tabs. It is kept in the browser with the version that it was begun with; the second of two who save
/// it sees what the first one left, and loses nothing.
/// </summary>
public sealed class TextDraft(Browser browser, string key)
{
    /// <summary>The text, with what was typed.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The text that was in force when the draft was begun.</summary>
    public string Begun { get; private set; } = "";

    /// <summary>Its version.</summary>
    public string Version { get; private set; } = "";

    /// <summary>What somebody else put in force since, until the reader goes on; null where nobody did.</summary>
    public string? Theirs { get; private set; }

    /// <summary>Whether something was typed that is not in force.</summary>
    public bool IsChanged => Text != Begun;

    private string VersionKey => key + ".version";

    /// <summary>Takes what the host says is in force. A draft stays as it is, with its version: the host then refuses to save it over another one.</summary>
    public async Task TakeAsync(string text, string version)
    {
        if (IsChanged)
        {
            return;
        }

        bool isFirst = Version.Length == 0;
        (Text, Begun, Version, Theirs) = (text, text, version, null);
        if (isFirst && await browser.ReadAsync(key) is { } draft && draft != text)
        {
            Text = draft;
            Theirs = await browser.ReadAsync(VersionKey) is { } begun && begun != version ? text : null;
        }
    }

    /// <summary>Keeps what was typed.</summary>
    public async Task TypeAsync(string text)
    {
        Text = text;
        await browser.WriteAsync(key, text);
        await browser.WriteAsync(VersionKey, Version);
    }

    /// <summary>Somebody else was first: their text is shown beside the draft, and saving again replaces it.</summary>
    public Task TellAsync(string theirs, string version)
    {
        if (theirs == Text)
        {
            return SavedAsync(theirs, version);
        }

        (Begun, Version, Theirs) = (theirs, version, theirs);
        return TypeAsync(Text);
    }

    /// <summary>Takes what is in force, and forgets the draft.</summary>
    public Task DiscardAsync() => SavedAsync(Begun, Version);

    /// <summary>The host has it. The draft of another tab stays.</summary>
    public async Task SavedAsync(string text, string version)
    {
        if (await browser.ReadAsync(key) == Text)
        {
            await browser.WriteAsync(key, null);
            await browser.WriteAsync(VersionKey, null);
        }

        (Text, Begun, Version, Theirs) = (text, text, version, null);
    }
}
