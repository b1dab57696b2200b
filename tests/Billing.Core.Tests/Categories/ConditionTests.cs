using Billing.Categories;

namespace Billing.Core.Tests.Categories;

/// <summary>Each condition of a rules file, alone.</summary>
public sealed class ConditionTests
{
    [Theory]
    [InlineData("""{"over": 1000}""", "1000", false)]
    [InlineData("""{"over": 1000}""", "1000.01", true)]
    [InlineData("""{"atLeast": 1000}""", "999.99", false)]
    [InlineData("""{"atLeast": 1000}""", "1000.00", true)]
    [InlineData("""{"under": 0}""", "-0.01", true)]
    [InlineData("""{"under": 0}""", "0", false)]
    [InlineData("""{"atMost": "0.10"}""", "0.1", true)]
    [InlineData("""{"atMost": "0.10"}""", "0.1000000000000000000000000001", false)]
    [InlineData("""{"equals": 1e3}""", "1000.00", true)]
    [InlineData("""{"equals": 0.1}""", "0.1", true)]
    [InlineData("""{"equals": 0.1}""", "0.1000000000000000000000000001", false)]
    [InlineData("""{"equals": -5}""", "5", false)]
    [InlineData("""{"atLeast": 100, "under": 1000}""", "99.99", false)]
    [InlineData("""{"atLeast": 100, "under": 1000}""", "100", true)]
    [InlineData("""{"atLeast": 100, "under": 1000}""", "999.99", true)]
    [InlineData("""{"atLeast": 100, "under": 1000}""", "1000", false)]
    public void Amounts_are_compared_exactly(string range, string amount, bool holds)
    {
        decimal value = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(holds, Holds($$"""{"amount": {{range}}}""", Some.Record(amount: 7_000m, reportingAmount: value)));
        Assert.Equal(holds, Holds($$"""{"billedAmount": {{range}}}""", Some.Record(amount: value, reportingAmount: 7_000m, currency: "JPY")));
    }

    [Theory]
    [InlineData("bar", true)]
    [InlineData("BAR", true)]
    [InlineData("The Bar, Leeds", true)]
    [InlineData("(bar)", true)]
    [InlineData("bar-41", true)]
    [InlineData("bar's", true)]
    [InlineData("bar_code", true)]
    [InlineData("barcode bar", true)]
    [InlineData("barbar bar", true)]
    [InlineData("bar\u00A0none", true)]
    [InlineData("barcode", false)]
    [InlineData("crowbar", false)]
    [InlineData("barbar", false)]
    [InlineData("bar2", false)]
    [InlineData("2bar", false)]
    [InlineData("bar٣", false)]
    [InlineData("barß", false)]
    [InlineData("éBar", false)]
    [InlineData("бbar", false)]
    // A mark that belongs to the last letter: this is no plain r.
    [InlineData("bar\u0301", false)]
    // A letter beyond the basic plane, before and after.
    [InlineData("𝐀bar", false)]
    [InlineData("bar𝐀", false)]
    [InlineData("🍺bar🍺", true)]
    [InlineData("", false)]
    [InlineData("ba r", false)]
    public void A_word_is_found_only_where_it_stands_alone(string text, bool holds)
    {
        Assert.Equal(holds, Holds("""{"text": "bar"}""", Some.Record(party: text)));
        Assert.Equal(holds, Holds("""{"text": ["casino", "bar", "barcode scanner"]}""", Some.Record(party: text)));
    }

    [Theory]
    [InlineData("night club", "The NIGHT CLUB", true)]
    [InlineData("night club", "night clubs", false)]
    [InlineData("night club", "nightclub", false)]
    [InlineData("bar none", "bar none", true)]
    [InlineData("&", "Smith&Sons", true)]
    [InlineData("& sons", "Smith& Sons", true)]
    [InlineData("& sons", "Smith & Sonsy", false)]
    [InlineData("c++", "uses c++11", true)]
    [InlineData("c++", "uses xc++", false)]
    [InlineData("café", "CAFÉ Central", true)]
    [InlineData("café", "Cafe\u0301 Central", true)]
    [InlineData("cafe\u0301", "Café Central", true)]
    [InlineData("cafe", "Café", false)]
    [InlineData("cafe", "Cafe\u0301", false)]
    [InlineData("straße", "STRASSE", false)]
    [InlineData("ΤΑΒΕΡΝΑ", "ταβερνα 5", true)]
    public void Phrases_and_words_with_signs_and_accents_are_found(string phrase, string text, bool holds) =>
        Assert.Equal(holds, Holds($$"""{"text": "{{phrase}}"}""", Some.Record(description: text)));

    [Fact]
    public void Longer_and_shorter_phrases_that_begin_alike_are_all_tried()
    {
        const string Condition = """{"text": ["bar", "bar none", "barn"]}""";

        Assert.True(Holds(Condition, Some.Record(party: "barn")));
        Assert.True(Holds(Condition, Some.Record(party: "bar nonesuch")));
        Assert.False(Holds(Condition, Some.Record(party: "barns")));
        Assert.True(Holds("""{"text": ["bar none", "none"]}""", Some.Record(party: "xbar none")));
    }

    [Fact]
    public void Text_is_looked_for_in_party_description_and_account_each_for_itself()
    {
        Assert.True(Holds("""{"text": "pub"}""", Some.Record(party: "Old Pub", description: null)));
        Assert.True(Holds("""{"text": "pub"}""", Some.Record(party: null, description: "pub")));
        Assert.True(Holds("""{"text": "pub"}""", Some.Record(party: null, description: null, account: "pub-7")));
        Assert.False(Holds("""{"text": "red lion"}""", Some.Record(party: "red", description: "lion")));
        Assert.False(Holds("""{"text": "pub"}""", Some.Record(party: null, description: null, scope: "pub", sourceId: "pub")));
    }

    [Theory]
    [InlineData("""{"is": "acme gmbh"}""", "ACME GmbH", true)]
    [InlineData("""{"is": "acme"}""", "Acme GmbH", false)]
    [InlineData("""{"in": ["Globex", "ACME"]}""", "Acme", true)]
    [InlineData("""{"in": ["Globex", "ACME"]}""", "Initech", false)]
    [InlineData("""{"contains": "cme"}""", "ACME", true)]
    [InlineData("""{"contains": ["xyz", "CM"]}""", "Acme", true)]
    [InlineData("""{"contains": ["xyz"]}""", "Acme", false)]
    [InlineData("""{"startsWith": "AC"}""", "acme", true)]
    [InlineData("""{"startsWith": ["x", "cme"]}""", "acme", false)]
    [InlineData("""{"startsWith": "ac", "contains": "me"}""", "Acme", true)]
    [InlineData("""{"startsWith": "ac", "contains": "xx"}""", "Acme", false)]
    [InlineData("""{"is": "Müller"}""", "MU\u0308LLER", true)]
    [InlineData("""{"contains": "x"}""", null, false)]
    [InlineData("""{"is": "x"}""", "", false)]
    public void Party_description_and_account_match_in_any_case(string match, string? text, bool holds)
    {
        Assert.Equal(holds, Holds($$"""{"party": {{match}}}""", Some.Record(party: text, description: "other", account: "other")));
        Assert.Equal(holds, Holds($$"""{"description": {{match}}}""", Some.Record(party: "other", description: text, account: "other")));
        Assert.Equal(holds, Holds($$"""{"account": {{match}}}""", Some.Record(party: "other", description: "other", account: text)));
    }

    [Theory]
    [InlineData("\"EUR\"", "EUR", true)]
    [InlineData("\"eur\"", "EUR", true)]
    [InlineData("""["USD", "GBP"]""", "GBP", true)]
    [InlineData("""["USD", "GBP"]""", "EUR", false)]
    public void Currency_is_the_one_of_the_invoice(string codes, string currency, bool holds) =>
        Assert.Equal(holds, Holds($$"""{"currency": {{codes}}}""", Some.Record(currency: currency)));

    [Theory]
    [InlineData("""["Saturday", "Sunday"]""", 14, true)]
    [InlineData("""["Saturday", "Sunday"]""", 15, true)]
    [InlineData("""["Saturday", "Sunday"]""", 16, false)]
    [InlineData("\"monday\"", 16, true)]
    [InlineData("\"FRIDAY\"", 13, true)]
    [InlineData("\"FRIDAY\"", 14, false)]
    public void Weekday_is_that_of_the_date(string days, int dayOfJune2025, bool holds) =>
        Assert.Equal(holds, Holds($$"""{"weekday": {{days}}}""", Some.Record(date: new DateOnly(2025, 6, dayOfJune2025))));

    [Theory]
    [InlineData("""{"from": "2025-06-10", "to": "2025-06-12"}""", 9, false)]
    [InlineData("""{"from": "2025-06-10", "to": "2025-06-12"}""", 10, true)]
    [InlineData("""{"from": "2025-06-10", "to": "2025-06-12"}""", 12, true)]
    [InlineData("""{"from": "2025-06-10", "to": "2025-06-12"}""", 13, false)]
    [InlineData("""{"from": "2025-06-10"}""", 30, true)]
    [InlineData("""{"to": "2025-06-10"}""", 11, false)]
    [InlineData("""{"from": "2025-06-10", "to": "2025-06-10"}""", 10, true)]
    public void Dates_are_within_both_days_included(string range, int dayOfJune2025, bool holds) =>
        Assert.Equal(holds, Holds($$"""{"date": {{range}}}""", Some.Record(date: new DateOnly(2025, 6, dayOfJune2025))));

    [Theory]
    [InlineData("""{"name": "line", "is": "Dairy"}""", true)]
    [InlineData("""{"name": "line", "is": "dairy"}""", false)]
    [InlineData("""{"name": "Line", "is": "Dairy"}""", false)]
    [InlineData("""{"name": "line", "in": ["Meat", "Dairy"]}""", true)]
    [InlineData("""{"name": "line", "in": ["Meat"]}""", false)]
    [InlineData("""{"name": "line", "contains": "air"}""", true)]
    [InlineData("""{"name": "line", "contains": "AIR"}""", false)]
    [InlineData("""{"name": "line", "startsWith": "Da"}""", true)]
    [InlineData("""{"name": "line", "startsWith": "da"}""", false)]
    [InlineData("""{"name": "line", "exists": true}""", true)]
    [InlineData("""{"name": "line", "exists": true, "is": "Meat"}""", false)]
    [InlineData("""{"name": "line", "exists": false}""", false)]
    [InlineData("""{"name": "empty", "exists": true}""", false)]
    [InlineData("""{"name": "empty", "exists": false}""", true)]
    [InlineData("""{"name": "null", "exists": true}""", false)]
    [InlineData("""{"name": "null", "is": "x"}""", false)]
    [InlineData("""{"name": "none", "exists": true}""", false)]
    [InlineData("""{"name": "none", "exists": false}""", true)]
    [InlineData("""{"name": "none", "in": ["x"]}""", false)]
    public void Attributes_match_in_exact_case(string condition, bool holds)
    {
        RecordAttributes attributes = new(["city", "line", "empty", "null"], ["Leeds", "Dairy", "", null]);

        Assert.Equal(holds, Holds($$"""{"attribute": {{condition}}}""", Some.Record(attributes: attributes)));
    }

    [Fact]
    public void An_attribute_is_found_wherever_it_stands_from_record_to_record()
    {
        Func<BillingRecord, bool> condition = CategoryRules.Parse("""{"rules": [{"name": "x", "when": {"attribute": {"name": "line", "is": "Dairy"}}, "flag": "x"}]}""").Rules[0].Condition;

        Assert.True(condition(Some.Record(attributes: new(["a", "b", "line"], ["", "", "Dairy"]))));
        Assert.True(condition(Some.Record(attributes: new(["line"], ["Dairy"]))));
        Assert.False(condition(Some.Record(attributes: new(["other"], ["Dairy"]))));
        Assert.False(condition(Some.Record()));
        Assert.True(condition(Some.Record(attributes: new(["a", "line"], ["Meat", "Dairy"]))));
    }

    [Theory]
    [InlineData("\"acme\"", "acme", true)]
    [InlineData("\"acme\"", "Acme", false)]
    [InlineData("""["globex", "acme"]""", "acme", true)]
    [InlineData("\"acme\"", null, false)]
    public void Scope_matches_in_exact_case(string scopes, string? scope, bool holds) =>
        Assert.Equal(holds, Holds($$"""{"scope": {{scopes}}}""", Some.Record(scope: scope)));

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{"currency": "EUR", "amount": {"over": 10}}""", true)]
    [InlineData("""{"currency": "EUR", "amount": {"over": 50}}""", false)]
    [InlineData("""{"any": [{"currency": "USD"}, {"amount": {"over": 10}}]}""", true)]
    [InlineData("""{"any": [{"currency": "USD"}, {"amount": {"over": 50}}]}""", false)]
    [InlineData("""{"all": [{"text": "flour"}, {"text": "acme"}]}""", true)]
    [InlineData("""{"all": [{"text": "flour"}, {"text": "milk"}]}""", false)]
    [InlineData("""{"not": {"currency": "USD"}}""", true)]
    [InlineData("""{"not": {"currency": "EUR", "amount": {"over": 50}}}""", true)]
    [InlineData("""{"not": {"any": [{"currency": "EUR"}]}}""", false)]
    [InlineData("""{"not": {"not": {"currency": "EUR"}}}""", true)]
    [InlineData("""{"any": [{"all": [{"currency": "EUR"}, {"not": {"text": "milk"}}]}, {"currency": "USD"}], "amount": {"under": 20}}""", true)]
    [InlineData("""{"not": {"account": {"is": "x"}}}""", true)]
    public void Conditions_combine(string condition, bool holds) =>
        Assert.Equal(holds, Holds(condition, Some.Record(amount: 12.50m, currency: "EUR", party: "Acme", description: "Flour")));

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("az-Latn-AZ")]
    public void Conditions_mean_the_same_in_every_culture(string culture)
    {
        using CultureScope scope = new(culture);
        BillingRecord record = Some.Record(amount: 0.5m, currency: "INR", party: "CITY INN", date: new DateOnly(2025, 6, 13), description: "ıI");

        Assert.True(Holds("""{"text": "city"}""", record));
        Assert.True(Holds("""{"text": ["inn", "ICI"]}""", record));
        Assert.True(Holds("""{"party": {"is": "city inn"}}""", record));
        Assert.True(Holds("""{"party": {"startsWith": "ci"}}""", record));
        Assert.True(Holds("""{"party": {"contains": "inn"}}""", record));
        Assert.True(Holds("""{"currency": "inr", "weekday": "friday", "amount": {"equals": "0.50"}}""", record));
        Assert.False(Holds("""{"description": {"is": "ii"}}""", record));
        Assert.False(Holds("""{"text": "cıty"}""", record));
    }

    private static bool Holds(string condition, BillingRecord record)
    {
        CategoryRules rules = CategoryRules.Parse($$"""{"rules": [{"name": "it", "when": {{condition}}, "category": "yes"}]}""");
        CategoryRules required = condition == "{}" ? rules : CategoryRules.Parse($$"""{"rules": [{"name": "it", "require": {{condition}}}]}""");

        bool matches = new Categoriser(rules.Rules).Apply(record).Category == "yes";
        // The same condition as a requirement says the same.
        Assert.Equal(matches, new Categoriser(required.Rules).Apply(record).FailedRequirement is null);
        return matches;
    }
}
