using System.Text.RegularExpressions;
using Microsoft.Extensions.FileProviders;

namespace Billing.Web.FirstScreen;

/// <summary>The page without a screen: what stands before it and after it, and where its language is.</summary>
internal sealed partial class PageTemplate
{
    private const string File = "index.html";
    private const string Language = "<html lang=\"en\">";
    private const string Begin = "<div id=\"app\">";
    private const string End = "<noscript>";

    private readonly string _before;
    private readonly string _after;

    private PageTemplate(string before, string after) => (_before, _after) = (before, after);

    /// <summary>Reads the page; null where this build has none.</summary>
    public static PageTemplate? Read(IFileProvider files)
    {
        IFileInfo page = files.GetFileInfo(File);
        if (!page.Exists)
        {
            return null;
        }

        using StreamReader reader = new(page.CreateReadStream());
        string text = reader.ReadToEnd();
        int begin = text.IndexOf(Begin, StringComparison.Ordinal);
        int end = text.IndexOf(End, StringComparison.Ordinal);
        return begin >= 0 && end > begin && text.Contains(Language, StringComparison.Ordinal)
            ? new PageTemplate(text[..(begin + Begin.Length)], text[end..])
            : throw new InvalidOperationException($"{File} has no place for the first screen: {Language}, {Begin} and {End} are looked for.");
    }

    /// <summary>The page with a screen. Until the page has started nothing can be typed or pressed there; links work.</summary>
    /// <param name="language">The language of the screen.</param>
    /// <param name="screen">The screen, in HTML that the components drew.</param>
    /// <param name="answers">What it was made of, in JSON that has no angle brackets.</param>
    public string With(string language, string screen, string answers) =>
        $"""
        {_before.Replace(Language, $"<html lang=\"{language}\">", StringComparison.Ordinal)}<div id="first"><span class="boot-bar"></span>{Control().Replace(screen, "$0 disabled")}</div></div>
          <script type="application/json" id="answers">{answers}</script>
          {_after}
        """;

    // Whatever people wrote has no angle brackets by now. Of an attribute that is there twice, a browser takes the first.
    [GeneratedRegex("<(?:button|input|select|textarea)\\b")]
    private static partial Regex Control();
}
