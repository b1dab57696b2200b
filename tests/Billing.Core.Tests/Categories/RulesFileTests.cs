using System.Text.RegularExpressions;
using Billing.Categories;

namespace Billing.Core.Tests.Categories;

public sealed partial class RulesFileTests
{
    internal const string Sample = """
        { "rules": [
          // what must hold
          { "name": "known product line", "require": { "attribute": { "name": "product_line", "in": ["Bakery","Dairy","Meat"] } }, "message": "product_line must be Bakery, Dairy or Meat" },
          { "name": "not negative", "require": { "amount": { "atLeast": 0 } } },
          { "name": "high value", "when": { "amount": { "atLeast": 1000 } }, "category": "high_value" },
          { "name": "pubs", "when": { "text": ["bar","pub","casino"] }, "flag": "merchant", "alert": true },
          { "name": "weekend", "when": { "weekday": ["Saturday","Sunday"] }, "flag": "weekend" },
          { "name": "rest", "when": {}, "category": "standard" }, ] }
        """;

    [Fact]
    public void A_file_becomes_rules_in_order()
    {
        CategoryRules rules = CategoryRules.Parse(Sample);

        Assert.Equal(["known product line", "not negative", "high value", "pubs", "weekend", "rest"], rules.Rules.Select(rule => rule.Name));
        Assert.Equal([true, true, false, false, false, false], rules.Rules.Select(rule => rule.IsRequirement));
        Assert.Equal(["product_line must be Bakery, Dairy or Meat", null, null, null, null, null], rules.Rules.Select(rule => rule.Message));
        Assert.Equal([null, null, "high_value", null, null, "standard"], rules.Rules.Select(rule => rule.Category));
        Assert.Equal([null, null, null, "merchant", "weekend", null], rules.Rules.Select(rule => rule.Flag));
        Assert.Equal([false, false, false, true, false, false], rules.Rules.Select(rule => rule.Alert));
    }

    [Fact]
    public void The_rules_of_a_file_do_what_they_say()
    {
        Categoriser categoriser = new(CategoryRules.Parse(Sample).Rules);
        RecordAttributes dairy = new(["product_line"], ["Dairy"]);

        Categorisation pub = categoriser.Apply(Some.Record(amount: 1000m, party: "The Pub", date: new DateOnly(2025, 6, 14), attributes: dairy));
        Assert.Equal(("high_value", "high value", null), (pub.Category, pub.CategoryRule, pub.FailedRequirement));
        Assert.Equal(["merchant", "weekend"], pub.Flags);
        Assert.Equal(["pubs"], pub.Alerts);

        Assert.Equal("standard", categoriser.Apply(Some.Record(amount: 999.99m, attributes: dairy)).Category);
        Assert.Equal("not negative", categoriser.Apply(Some.Record(amount: -1m, attributes: dairy)).FailedRequirement?.Name);
        Assert.Equal("known product line", categoriser.Apply(Some.Record(amount: -1m)).FailedRequirement?.Name);
    }

    [Fact]
    public void A_file_on_disk_is_read_with_or_without_byte_order_mark()
    {
        using TemporaryFile plain = new("rules.json", Sample);
        using TemporaryFile marked = new("rules.json", "\uFEFF" + Sample);

        Assert.Equal(6, CategoryRules.Load(plain.Path).Rules.Count);
        Assert.Equal(6, CategoryRules.Load(marked.Path).Rules.Count);
    }

    [Fact]
    public void Spaces_around_names_categories_flags_and_messages_do_not_count()
    {
        CategoryRules rules = CategoryRules.Parse("""{"rules": [{"name": " a ", "when": {}, "category": " b ", "flag": " c "}, {"name": "d", "require": {"currency": "EUR"}, "message": " e "}]}""");

        Assert.Equal(("a", "b", "c", "e"), (rules.Rules[0].Name, rules.Rules[0].Category, rules.Rules[0].Flag, rules.Rules[1].Message));
    }

    [Fact]
    public void A_file_may_have_no_rule() => Assert.Empty(CategoryRules.Parse("""{"rules": []}""").Rules);

    [Theory]
    // The file
    [InlineData("", 1, "This is not JSON")]
    [InlineData("[]", 1, "The list 'rules' is missing")]
    [InlineData("{\n}", 1, "The list 'rules' is missing")]
    [InlineData("{\"rules\": {}}", 1, "The list 'rules' is missing")]
    [InlineData("{\n\"rules\": [],\n\"rule\": []}", 3, "'rule' is not known here")]
    [InlineData("{\"rules\": [\n5]}", 2, "Rule 1: A rule must be an object, not the number 5")]
    [InlineData("{\"rules\": [\n{\"name\": \"a\",\n\"name\": \"b\"}]}", 3, "'name' appears twice in one object")]
    [InlineData("{\"rules\": [\n{\"name\": \"a\"\n\"when\": {}}]}", 3, "This is not JSON")]
    // The rule
    [InlineData("{\"rules\": [\n{\"when\": {}, \"flag\": \"x\"}]}", 2, "Rule 1: It has no name")]
    [InlineData("{\"rules\": [\n{\"name\": \" \"}]}", 2, "Rule 1: 'name' must be a text that is not blank")]
    [InlineData("{\"rules\": [\n{\"name\": 1}]}", 2, "Rule 1: 'name' must be a text that is not blank, not the number 1")]
    [InlineData("{\"rules\": [\n{\"name\": \"a\", \"when\": {}, \"flag\": \"x\"},\n{\"name\": \"A\", \"when\": {}, \"flag\": \"x\"}]}", 3, "Rule 'A' appears twice")]
    [InlineData("{\"rules\": [{\"name\": \"a\",\n\"when\": {},\n\"flags\": \"x\"}]}", 3, "Rule 'a': 'flags' is not known in 'rule'. Use name, when, require, category, flag, alert or message.")]
    [InlineData("{\"rules\": [\n{\"name\": \"a\", \"flag\": \"x\"}]}", 2, "Rule 'a': It has neither 'when' nor 'require'")]
    [InlineData("{\"rules\": [\n{\"name\": \"a\", \"when\": {}}]}", 2, "Rule 'a': It does nothing")]
    [InlineData("{\"rules\": [\n{\"name\": \"a\", \"when\": {}, \"alert\": false}]}", 2, "Rule 'a': It does nothing")]
    [InlineData("{\"rules\": [{\"name\": \"a\", \"when\": {},\n\"alert\": \"yes\"}]}", 2, "Rule 'a': 'alert' must be true, false or { \"subject\": \"...\" }, not the text \"yes\"")]
    [InlineData("{\"rules\": [{\"name\": \"a\", \"when\": {},\n\"category\": \"\"}]}", 2, "Rule 'a': 'category' must be a text that is not blank")]
    [InlineData("{\"rules\": [{\"name\": \"a\", \"when\": {},\n\"flag\": null}]}", 2, "Rule 'a': 'flag' must be a text that is not blank, not null")]
    [InlineData("{\"rules\": [{\"name\": \"a\", \"when\": {}, \"flag\": \"x\",\n\"message\": \"m\"}]}", 2, "Rule 'a': 'message' is the text for the quarantine")]
    [InlineData("{\"rules\": [{\"name\": \"a\", \"require\": {\"currency\": \"EUR\"},\n\"when\": {}}]}", 2, "Rule 'a': 'when' cannot be combined with 'require'")]
    [InlineData("{\"rules\": [{\"name\": \"a\", \"require\": {\"currency\": \"EUR\"},\n\"category\": \"x\"}]}", 2, "Rule 'a': 'category' cannot be combined with 'require'")]
    [InlineData("{\"rules\": [{\"name\": \"a\", \"require\": {\"currency\": \"EUR\"},\n\"alert\": true}]}", 2, "Rule 'a': 'alert' cannot be combined with 'require'")]
    [InlineData("{\"rules\": [{\"name\": \"a\",\n\"require\": {}}]}", 2, "Rule 'a': 'require' must be an object with amount, billedAmount,")]
    [InlineData("{\"rules\": [{\"name\": \"a\",\n\"when\": [], \"flag\": \"x\"}]}", 2, "Rule 'a': 'when' must be an object with amount, billedAmount,")]
    public void A_wrong_file_is_refused_with_line_rule_and_reason(string json, long line, string reason) => Refuses(json, line, reason);

    [Theory]
    [InlineData("\"weekdya\": \"Monday\"", "'weekdya' is not known in 'when'. Use amount, billedAmount, text, party, description, account, currency, weekday, date, attribute, scope, any, all or not.")]
    [InlineData("\"Amount\": {\"over\": 1}", "'Amount' is not known in 'when'")]
    [InlineData("\"amount\": 5", "'amount' must be an object with over, atLeast, under, atMost or equals, not the number 5")]
    [InlineData("\"amount\": {}", "'amount' must be an object with over, atLeast, under, atMost or equals, not an empty one")]
    [InlineData("\"amount\": {\"above\": 5}", "'above' is not known in 'amount'")]
    [InlineData("\"amount\": {\"over\": \"1,000\"}", "'over' must be a number of at most 28 digits")]
    [InlineData("\"amount\": {\"over\": true}", "'over' must be a number of at most 28 digits, such as 1000 or \"0.10\", not true")]
    [InlineData("\"amount\": {\"over\": 0.12345678901234567890123456789}", "'over' must be a number of at most 28 digits")]
    [InlineData("\"amount\": {\"over\": 1, \"atLeast\": 2}", "'amount' has two bounds on one side")]
    [InlineData("\"amount\": {\"equals\": 1, \"under\": 2}", "'amount' has two bounds on one side")]
    [InlineData("\"amount\": {\"over\": 10, \"under\": 5}", "'amount' can never hold")]
    [InlineData("\"billedAmount\": {\"over\": 5, \"atMost\": 5}", "'billedAmount' can never hold")]
    [InlineData("\"text\": 5", "'text' must be a text or a list of at least one text")]
    [InlineData("\"text\": []", "'text' must be a text or a list of at least one text, not an empty list")]
    [InlineData("\"text\": [\"bar\", 5]", "'text' must be a text that is not blank, not the number 5")]
    [InlineData("\"text\": [\"bar\", \" \"]", "'text' must be a text that is not blank")]
    [InlineData("\"party\": \"Acme\"", "'party' must be an object with is, in, contains or startsWith, not the text \"Acme\"")]
    [InlineData("\"party\": {\"like\": \"A\"}", "'like' is not known in 'party'. Use is, in, contains or startsWith.")]
    [InlineData("\"party\": {\"is\": [\"A\"]}", "'is' must be a text that is not blank, not a list")]
    [InlineData("\"party\": {\"is\": \"A\", \"in\": [\"B\"]}", "'party' has both is and in")]
    [InlineData("\"description\": {}", "'description' must be an object with is, in, contains or startsWith")]
    [InlineData("\"account\": {\"contains\": null}", "'contains' must be a text or a list of at least one text")]
    [InlineData("\"currency\": \"EURO\"", "'EURO' is not a currency of ISO 4217")]
    [InlineData("\"currency\": [\"EUR\", \"XYZ\"]", "'XYZ' is not a currency of ISO 4217")]
    [InlineData("\"currency\": {\"is\": \"EUR\"}", "'currency' must be a text or a list of at least one text")]
    [InlineData("\"weekday\": \"Sat\"", "'Sat' is not a day of the week. Use Monday, Tuesday, Wednesday, Thursday, Friday, Saturday or Sunday.")]
    [InlineData("\"weekday\": [\"Sunday\", \"6\"]", "'6' is not a day of the week")]
    [InlineData("\"date\": {}", "'date' must be an object with from or to")]
    [InlineData("\"date\": {\"from\": \"01.06.2025\"}", "'01.06.2025' is not a date")]
    [InlineData("\"date\": {\"from\": \"2025-02-29\"}", "'2025-02-29' is not a date")]
    [InlineData("\"date\": {\"from\": \"2025-07-01\", \"to\": \"2025-06-01\"}", "'date' can never hold")]
    [InlineData("\"attribute\": {\"is\": \"x\"}", "'attribute' needs a name")]
    [InlineData("\"attribute\": {\"name\": \"x\"}", "'attribute' needs a name and what its value must be")]
    [InlineData("\"attribute\": {\"name\": \"x\", \"exists\": \"no\"}", "'exists' must be true or false")]
    [InlineData("\"attribute\": {\"name\": \"x\", \"exists\": false, \"is\": \"y\"}", "'attribute' can never hold")]
    [InlineData("\"attribute\": {\"name\": \"x\", \"equals\": \"y\"}", "'equals' is not known in 'attribute'")]
    [InlineData("\"scope\": {}", "'scope' must be a text or a list of at least one text")]
    [InlineData("\"any\": []", "'any' must be a list of at least one condition")]
    [InlineData("\"all\": {\"currency\": \"EUR\"}", "'all' must be a list of at least one condition, such as [{ \"currency\": \"EUR\" }], not an object")]
    [InlineData("\"any\": [{}]", "'any' must be an object with amount")]
    [InlineData("\"any\": [{\"nope\": 1}]", "'nope' is not known in 'any'")]
    [InlineData("\"not\": {}", "'not' must be an object with amount")]
    [InlineData("\"not\": [{\"currency\": \"EUR\"}]", "'not' must be an object with amount")]
    [InlineData("\"not\": {\"any\": [{\"weekday\": \"Funday\"}]}", "'Funday' is not a day of the week")]
    [InlineData("\"flag\": \"weekend\"", "'flag' is not known in 'when'")]
    public void A_wrong_condition_is_refused_with_line_rule_and_reason(string condition, string reason) =>
        Refuses($"{{\"rules\": [\n{{\"name\": \"it\", \"flag\": \"x\",\n\"when\": {{\n{condition}}}}}]}}", 4, "Rule 'it': " + reason);

    [Fact]
    public void The_line_is_that_of_the_wrong_element_of_a_list()
    {
        Refuses("{\"rules\": [{\"name\": \"it\", \"flag\": \"x\", \"when\": {\"currency\": [\n\"EUR\",\n\"XYZ\"]}}]}", 3, "'XYZ'");
        Refuses("{\"rules\": [{\"name\": \"it\", \"flag\": \"x\", \"when\": {\"weekday\": [\n\"Monday\",\n\"Mo\"]}}]}", 3, "'Mo'");
        Refuses("{\"rules\": [{\"name\": \"it\", \"flag\": \"x\", \"when\": {\"any\": [\n{\"text\": \"a\"},\n{\"text\": 1}]}}]}", 3, "'text'");
    }

    [Fact]
    public void A_condition_too_deep_to_be_meant_is_refused()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"not\":", 100)) + "{}" + new string('}', 100);

        Refuses($"{{\"rules\": [{{\"name\": \"it\", \"flag\": \"x\", \"when\": {deep}}}]}}", 1, "This is not JSON");
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        BillingConfigurationException error = Assert.Throws<BillingConfigurationException>(() => CategoryRules.Load(Path.Combine("no", "such", "rules.json")));

        Assert.Contains("rules.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_of_the_documentation_is_a_rules_file()
    {
        string page = File.ReadAllText(Repository.PathTo("docs", "rules-file.md"));
        string example = JsonBlock().Match(page).Groups[1].Value;

        Assert.Equal(CategoryRules.Parse(Sample).Rules.Select(rule => rule.Name), CategoryRules.Parse(example).Rules.Select(rule => rule.Name));
    }

    [Fact]
    public void Every_condition_of_the_documentation_is_read()
    {
        string page = File.ReadAllText(Repository.PathTo("docs", "rules-file.md"));
        string[] conditions = [.. ConditionRow().Matches(page).Select(row => row.Groups[1].Value).Where(text => !text.Contains("{...}", StringComparison.Ordinal))];

        Assert.Equal(11, conditions.Length);
        Assert.All(conditions, condition => Assert.Single(CategoryRules.Parse($$"""{"rules": [{"name": "it", "when": { {{condition}} }, "flag": "x"}]}""").Rules));
    }

    private static void Refuses(string json, long line, string reason)
    {
        BillingConfigurationException error = Assert.Throws<BillingConfigurationException>(() => CategoryRules.Parse(json, "rules.json"));

        Assert.Equal(("rules.json", line), (error.File, error.Line));
        Assert.StartsWith($"rules.json({line}): ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();

    [GeneratedRegex("^\\| `(\"[^`]+)`", RegexOptions.Multiline)]
    private static partial Regex ConditionRow();
}
