using System.Globalization;
using System.Text.Json;

namespace Billing.Web.Client.Language;

/// <summary>Every text of the page in the reader's language, and the culture of its numbers and dates. The texts are in Resources/, one file per language with the same keys.</summary>
public sealed class Words
{
    // Those of one language take the page a while to read: only what is shown is.
    private IReadOnlyDictionary<string, string>? _texts;

    /// <summary>Raised when the language was changed.</summary>
    public event Action? Changed;

    /// <summary>The codes of the languages.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "de"];

    /// <summary>The code of the language.</summary>
    public string Language { get; private set; } = "en";

    /// <summary>The culture of numbers and dates.</summary>
    public CultureInfo Culture { get; private set; } = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>The text of a key.</summary>
    public string this[string key] => Find(key) ?? throw new KeyNotFoundException($"The text '{key}' is in no file of Resources/.");

    /// <summary>The text of a key, or null if there is none.</summary>
    public string? Find(string key) => (_texts ??= Load(Language)).GetValueOrDefault(key);

    /// <summary>The text of a key, with values in its places.</summary>
    public string Of(string key, params object?[] values) => string.Format(Culture, this[key], [.. values.Select(value => value is string text ? Apart(text) : value)]);

    /// <summary>A text that stands in a sentence. One that is written from right to left, or has marks of direction, is set apart, so that it moves no figure beside it.</summary>
    public static string Apart(string text) => text.Any(IsOfDirection) ? $"\u2068{Closed(text)}\u2069" : text;

    /// <summary>The text of a number of things: that of <c>key.one</c> or of <c>key.other</c>.</summary>
    public string Count(string key, long number) => Of($"{key}.{(number == 1 ? "one" : "other")}", number.ToString("N0", Culture));

    /// <summary>A day, as the reader writes it with the month in letters or unmistakable.</summary>
    public string Date(DateOnly date) => date.ToString(this["format.date"], Culture);

    /// <summary>A day and the time, in the reader's time zone.</summary>
    public string Time(DateTimeOffset time) => time.ToLocalTime().ToString(this["format.time"], Culture);

    /// <summary>A month such as <c>2026-06</c>, by its name.</summary>
    public string Month(string month) =>
        DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly first)
            ? first.ToString("MMMM yyyy", Culture)
            : month;

    /// <summary>A count.</summary>
    public string Number(long number) => number.ToString("N0", Culture);

    /// <summary>Uses a language, with the culture of the browser where it is of that language.</summary>
    public void Use(string language, string browserCulture)
    {
        Language = Languages.Contains(language) ? language : "en";
        _texts = null;
        Culture = CultureInfo.GetCultureInfo(browserCulture.StartsWith(Language, StringComparison.Ordinal) && browserCulture.Length > 2 ? browserCulture : Language == "de" ? "de-DE" : "en-GB");
        Changed?.Invoke();
    }

    /// <summary>The texts of a language by key.</summary>
    public static IReadOnlyDictionary<string, string> Load(string language)
    {
        using Stream stream = typeof(Words).Assembly.GetManifestResourceStream($"texts.{language}.json") ?? throw new InvalidOperationException($"Resources/texts.{language}.json is not embedded.");
        using JsonDocument document = JsonDocument.Parse(stream);
        return document.RootElement.EnumerateObject().ToDictionary(text => text.Name, text => text.Value.GetString()!, StringComparer.Ordinal);
    }

    // Hebrew, Arabic and their neighbours, and the marks that turn the direction.
    private static bool IsOfDirection(char c) => c is (>= '\u0590' and <= '\u08ff') or (>= '\ufb1d' and <= '\ufdff') or (>= '\ufe70' and <= '\ufefc') or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u200f' or '\ud802' or '\ud803' or '\ud83a' or '\ud83b';

    // Marks that would end the setting apart are left out.
    private static string Closed(string text) => string.Concat(text.Where(c => c is not ((>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069'))));
}
