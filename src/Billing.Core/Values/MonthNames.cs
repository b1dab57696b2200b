using System.Collections.Frozen;
using System.Text;
using Billing.Texts;

namespace Billing.Values;

/// <summary>
/// The names and abbreviations of months in the languages of Europe and Latin America, in any letter case, with or without a point at the end.
/// A word that means different months in different languages (listopad is October in Croatian and November in Polish) is left out.
/// </summary>
internal static class MonthNames
{
    private static readonly string[] Known =
    [
        "january jan januar jänner jän januari janv janvier enero ene gennaio gen janeiro styczeń stycznia sty tammikuu tammikuuta tammi jaanuar jaan sausis ianuarie ian január janeiro ocak oca siječanj siječnja sij leden ledna led",
        "february feb februar feber februari febr février fév févr febrero febbraio fevereiro fev lutego luty lut helmikuu helmikuuta helmi veebruar veebr vasaris februarie február şubat şub veljača veljače únor února úno",
        "march mar märz mär mrz mars maart mrt marzo març março marzec marca maaliskuu maaliskuuta maalis märts kovas martie március márc március mart ožujak ožujka ožu březen března bře marec",
        "april apr avril avr abril abr aprile kwiecień kwietnia kwi huhtikuu huhtikuuta huhti aprill balandis aprilie április ápr nisan nis travanj travnja duben dubna dub apríl",
        "may mai maj mei mayo maggio mag maio maja toukokuu toukokuuta touko gegužė május máj mayıs svibanj svibnja svi květen května kvě",
        "june jun juni juin junio giugno giu junho czerwiec czerwca cze kesäkuu kesäkuuta kesä juuni birželis iunie iun június jún haziran haz lipanj lipnja červen června čvn",
        "july jul juli juil juillet julio luglio lug julho lipiec lipca heinäkuu heinäkuuta heinä juuli liepa iulie iul július júl temmuz tem červenec července čvc",
        "august aug août aout agosto ago agustus augustus augusti sierpień sierpnia sie elokuu elokuuta elo rugpjūtis augusztus ağustos ağu kolovoz kolovoza kol srpen srpna",
        "september sep sept septembre septiembre set setiembre settembre setembro wrzesień września wrz syyskuu syyskuuta syys rugsėjis septembrie szeptember szept eylül eyl rujan rujna ruj září zář",
        "october oct oktober okt octobre octubre ottobre ott outubro out październik października paź lokakuu lokakuuta loka oktoober spalis octombrie október ekim eki říjen října říj",
        "november nov novembre noviembre novembro marraskuu marraskuuta marras lapkritis noiembrie noi kasım kas studeni studenoga",
        "december dec dezember dez décembre déc diciembre dic dicembre dezembro grudzień grudnia gru joulukuu joulukuuta joulu detsember gruodis decembrie aralık ara prosinac prosinca prosinec prosince desember des",
    ];

    private static readonly string[] English = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    private static readonly FrozenDictionary<string, int> Months = Known
        .SelectMany((names, month) => names.Split(' ').Distinct().Select(name => (name, month)))
        .GroupBy(entry => entry.name, StringComparer.Ordinal)
        .Where(group => group.Select(entry => entry.month).Distinct().Count() == 1)
        .ToFrozenDictionary(group => group.Key, group => group.First().month, StringComparer.Ordinal);

    /// <summary>Returns the text with the name of its month in English, in full or as three letters; null if it has no known name.</summary>
    public static string? ToEnglish(ReadOnlySpan<char> text, bool inFull)
    {
        // A letter and its accent may be two characters, and the accent alone is not a letter.
        text = Ascii.IsValid(text) ? text : NormalForm.Compose(text.ToString());
        for (int start = 0; start < text.Length; start++)
        {
            if (!char.IsLetter(text[start]))
            {
                continue;
            }

            int end = start;
            while (end < text.Length && char.IsLetter(text[end]))
            {
                end++;
            }

            string word = text[start..end].ToString().ToLowerInvariant();
            if (Months.TryGetValue(word, out int month))
            {
                int rest = end < text.Length && text[end] == '.' ? end + 1 : end;
                return string.Concat(text[..start], inFull ? English[month] : English[month][..3], text[rest..]);
            }

            start = end;
        }

        return null;
    }
}
