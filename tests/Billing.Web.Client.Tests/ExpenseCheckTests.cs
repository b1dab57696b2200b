using System.Text.RegularExpressions;
using Billing.Web.Client.Language;
using Billing.Web.Client.Parts;

namespace Billing.Web.Client.Tests;

/// <summary>What can be read in two ways is refused, and what the page tells to write instead is taken.</summary>
public sealed partial class ExpenseCheckTests
{
    public static TheoryData<string, string, string> Refused()
    {
        TheoryData<string, string, string> data = [];
        foreach (string language in Words.Languages)
        {
            foreach (string currency in (string[])["USD", "JPY", "BHD"])
            {
                bool isGerman = language == "de";
                foreach (string typed in (string[])["", "12 50", isGerman ? "0.500" : "0,500", isGerman ? "1.234" : "1,234", isGerman ? "1,2345" : "1.2345", "1e3", "+5", "\u0661\u0662", "12-", "1'000"])
                {
                    data.Add(language, currency, typed);
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void The_remedy_works_as_it_is_written(string language, string currency, string typed)
    {
        Words words = new();
        words.Use(language, language == "de" ? "de-DE" : "en-GB");
        string fault = Faults(currency, typed, words)["amount"];
        string[] told = [.. Number().Matches(typed.Length == 0 ? fault : fault.Replace(typed, "", StringComparison.Ordinal)).Select(match => match.Value).Where(number => number.Length > 1)];
        Assert.NotEmpty(told);
        Assert.All(told, number => Assert.Empty(Faults(currency, number, words)));
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("\u22125")]
    public void An_amount_with_a_sign_is_refused_before_it_is_sent(string typed) => Assert.Contains("without a sign", Faults("USD", typed, new Words())["amount"], StringComparison.Ordinal);

    private static IReadOnlyDictionary<string, string> Faults(string currency, string typed, Words words) =>
        ExpenseCheck.Faults(new ExpenseFields { Date = "2026-06-01", Description = "Taxi", Currency = currency, Amount = typed }, "2026-06-17", words);

    [GeneratedRegex(@"\d[\d.,]*\d|\d")]
    private static partial Regex Number();
}
