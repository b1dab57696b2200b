using System.Text.RegularExpressions;
using Billing.Web.Client.Importing;
using Billing.Web.Client.Language;

namespace Billing.Web.Client.Tests;

public sealed partial class WordsTests
{
    [Fact]
    public void A_language_that_is_chosen_later_takes_the_place_of_the_first()
    {
        Words words = new();
        string english = words["signout"];
        words.Use("de", "de-DE");
        Assert.Equal(Words.Load("de")["signout"], words["signout"]);
        words.Use("en", "en-US");
        Assert.Equal(english, words["signout"]);
        Assert.NotEqual(english, Words.Load("de")["signout"]);
    }

    [Fact]
    public void Both_languages_have_the_same_keys_in_the_same_order() => Assert.Equal(Words.Load("en").Keys, Words.Load("de").Keys);

    [Fact]
    public void A_text_has_the_same_places_for_values_in_both_languages()
    {
        IReadOnlyDictionary<string, string> german = Words.Load("de");
        Assert.All(Words.Load("en"), english => Assert.Equal(Places(english.Value), Places(german[english.Key])));
    }

    [Fact]
    public void No_text_is_blank() => Assert.All(Words.Languages.SelectMany(Words.Load), text => Assert.False(string.IsNullOrWhiteSpace(text.Value), text.Key));

    [Fact]
    public void Every_key_that_the_source_names_has_a_text_and_every_text_is_used()
    {
        string source = string.Concat(PageSources.Files("*.razor").Concat(PageSources.Files("*.cs")).Where(file => !file.StartsWith("obj", StringComparison.Ordinal)).Select(PageSources.Read));
        IReadOnlyDictionary<string, string> texts = Words.Load("en");
        string[] named = [.. Named().Matches(source).Select(match => match.Groups[1].Value + match.Groups[2].Value)];
        string[] counted = [.. Counted().Matches(source).SelectMany(match => new[] { match.Groups[1].Value + ".one", match.Groups[1].Value + ".other" })];
        Assert.True(named.Length > 200, "The keys in the source were not found.");
        Assert.Equal([], named.Concat(counted).Where(key => !texts.ContainsKey(key)).Distinct());

        // What is put together where it is used: the beginning of the key is in the source.
        string[] beginnings = [.. Beginning().Matches(source).Select(match => match.Groups[1].Value).Where(beginning => beginning.Contains('.', StringComparison.Ordinal))];
        Assert.Equal([], texts.Keys.Where(key => !source.Contains($"\"{key}\"", StringComparison.Ordinal) && !counted.Contains(key) && !beginnings.Any(beginning => key.StartsWith(beginning, StringComparison.Ordinal)) && !key.EndsWith(".title", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_reason_outcome_proof_and_role_has_a_text()
    {
        IReadOnlyDictionary<string, string> texts = Words.Load("en");
        string[] reasons = [.. typeof(QuarantineReason).GetFields().Select(field => "reason." + (string)field.GetRawConstantValue()!)];
        string[] others =
        [
            .. Enum.GetNames<RowOutcomeKind>().Select(name => "outcome." + name.ToLowerInvariant()),
            .. Enum.GetNames<ProofOutcome>().SelectMany(name => new[] { "proof." + name.ToLowerInvariant(), $"proof.{name.ToLowerInvariant()}.text" }),
            .. Enum.GetNames<StatedFigureKind>().Select(name => "proof.kind." + name.ToLowerInvariant()),
            .. Enum.GetNames<RunStatus>().Select(name => "run." + name.ToLowerInvariant()),
            .. Enum.GetNames<ImportStage>().Select(name => "import.busy." + name.ToLowerInvariant()),
            .. OfferedRole.Names.Select(name => "role." + name),
        ];
        Assert.Equal([], reasons.Concat(others).Where(key => !texts.ContainsKey(key)));
    }

    [Theory]
    [MemberData(nameof(PageSources.Components), MemberType = typeof(PageSources))]
    public void A_component_has_no_text_of_its_own(string component)
    {
        string source = PageSources.Read(component);
        string markup = source.Split("\n@code {")[0];
        string[] literal = [.. Between().Matches(markup).Select(match => match.Groups[1].Value.Trim()).Where(text => text.Any(char.IsLetter) && !s_names.Contains(text))];
        string[] attributes = [.. Spoken().Matches(markup).Select(match => match.Value)];
        Assert.Equal([], literal.Concat(attributes));
    }

    // The name of the product, and the languages by their own names.
    private static readonly string[] s_names = ["Billing", "English", "Deutsch"];

    private static string[] Places(string text) => [.. Place().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal)];

    [GeneratedRegex("""W(?:ords)?(?:\.Of\(|\[)"([a-z.]+)"|(?<=\? |: )"([a-z]+\.[a-z.]+)"(?=[\]),])""")]
    private static partial Regex Named();

    [GeneratedRegex("""W\.Count\("([a-z.]+)""")]
    private static partial Regex Counted();

    [GeneratedRegex("""\$"([a-z.]+)\{""")]
    private static partial Regex Beginning();

    [GeneratedRegex("""\{\d\}""")]
    private static partial Regex Place();

    // Text between two tags of one line that begins with no expression.
    [GeneratedRegex("""(?<=["\w/]>)([^<>@{}=;]*)(?=</)""")]
    private static partial Regex Between();

    [GeneratedRegex("""(?:aria-label|title|alt)="[^"@]*[A-Za-z][^"]*" """)]
    private static partial Regex Spoken();
}
