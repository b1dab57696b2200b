using Billing.Web.Client.Language;

namespace Billing.Web.Client.Host;

/// <summary>What the page does before it shows itself: after it, the first screen is drawn at once, in the place of the one that the host sent.</summary>
public sealed class PageStart(Browser browser, Words words, PageSettings settings, FirstAnswers answers, HostApi api)
{
    public async Task BeginAsync()
    {
        string culture = await browser.CallAsync<string>("language");
        string language = await browser.ReadAsync("language") ?? culture[..Math.Min(2, culture.Length)];
        words.Use(language, culture);
        await browser.CallAsync("setLanguage", words.Language);
        if (await browser.CallAsync<string?>("firstAnswers") is { } kept)
        {
            answers.Load(kept);
        }

        // Who is signed in decides what is asked.
        if (settings.HasHost)
        {
            await api.OpenAsync();
        }
    }
}
