using Billing.Categories;

namespace Billing.Core.Tests.Categories;

public sealed class CategoriserTests
{
    [Fact]
    public void The_first_rule_that_matches_and_has_a_category_gives_it()
    {
        Categorisation result = Apply(
            Some.Record(reportingAmount: 150m),
            CategoryRule.When("flag only", _ => true).WithFlag("seen"),
            CategoryRule.When("high", record => record.ReportingAmount.Amount >= 1000m).WithCategory("high_value"),
            CategoryRule.When("medium", record => record.ReportingAmount.Amount >= 100m).WithCategory("medium_value"),
            CategoryRule.When("rest", _ => true).WithCategory("standard"));

        Assert.Equal(("medium_value", "medium"), (result.Category, result.CategoryRule));
        Assert.Equal(["seen"], result.Flags);
    }

    [Fact]
    public void Flags_and_alerts_of_all_rules_add_up_in_order_also_after_the_category_is_known()
    {
        Categorisation result = Apply(
            Some.Record(),
            CategoryRule.When("first", _ => true).WithCategory("one").WithFlag("b"),
            CategoryRule.When("second", _ => true).WithCategory("two").WithFlag("a").WithAlert(),
            CategoryRule.When("no", _ => false).WithFlag("never").WithAlert(),
            CategoryRule.When("third", _ => true).WithAlert(),
            CategoryRule.When("fourth", _ => true).WithFlag("c"));

        Assert.Equal(("one", "first"), (result.Category, result.CategoryRule));
        Assert.Equal(["b", "a", "c"], result.Flags);
        Assert.Equal(["second", "third"], result.Alerts);
    }

    [Fact]
    public void A_flag_or_alert_raised_twice_appears_once()
    {
        Categorisation result = Apply(
            Some.Record(),
            CategoryRule.When("pubs", _ => true).WithFlag("merchant").WithAlert(),
            CategoryRule.When("pubs", _ => true).WithFlag("merchant").WithAlert(),
            CategoryRule.When("other", _ => true).WithFlag("other"),
            CategoryRule.When("more", _ => true).WithFlag("merchant"),
            CategoryRule.When("case", _ => true).WithFlag("Merchant"));

        Assert.Equal(["merchant", "other", "Merchant"], result.Flags);
        Assert.Equal(["pubs"], result.Alerts);
    }

    [Fact]
    public void Without_a_match_there_is_nothing_and_nothing_is_allocated()
    {
        Categoriser categoriser = new([CategoryRule.When("no", _ => false).WithCategory("x").WithFlag("y")]);
        Categorisation first = categoriser.Apply(Some.Record());
        Categorisation second = new Categoriser([]).Apply(Some.Record());

        Assert.Equal((null, null, null), (first.Category, first.CategoryRule, first.FailedRequirement));
        Assert.Empty(first.Flags);
        Assert.Empty(first.Alerts);
        Assert.Same(first.Flags, second.Flags);
        Assert.Same(first.Alerts, second.Alerts);
    }

    [Fact]
    public void Requirements_come_first_and_the_first_that_fails_is_reported_alone()
    {
        CategoryRule second = CategoryRule.Require("second", _ => false).WithMessage("why");
        Categorisation result = Apply(
            Some.Record(),
            CategoryRule.When("before", _ => throw new InvalidOperationException("asked too early")).WithCategory("x").WithFlag("y").WithAlert(),
            CategoryRule.Require("first", _ => true),
            second,
            CategoryRule.Require("third", _ => false));

        Assert.Same(second, result.FailedRequirement);
        Assert.Equal((null, null), (result.Category, result.CategoryRule));
        Assert.Empty(result.Flags);
        Assert.Empty(result.Alerts);
    }

    [Fact]
    public void Requirements_that_hold_leave_no_trace()
    {
        Categorisation result = Apply(Some.Record(), CategoryRule.Require("holds", _ => true), CategoryRule.When("rest", _ => true).WithCategory("standard"));

        Assert.Null(result.FailedRequirement);
        Assert.Equal("standard", result.Category);
    }

    [Fact]
    public void An_error_in_a_condition_written_in_code_is_not_swallowed() =>
        Assert.Throws<InvalidOperationException>(() => Apply(Some.Record(), CategoryRule.When("bad", _ => throw new InvalidOperationException()).WithFlag("x")));

    [Fact]
    public void Shared_lists_cannot_be_changed_through_a_result()
    {
        Categorisation result = Apply(Some.Record(), CategoryRule.When("one", _ => true).WithFlag("a").WithAlert());

        Assert.Throws<NotSupportedException>(() => ((IList<string>)result.Flags)[0] = "changed");
        Assert.Throws<NotSupportedException>(() => ((IList<string>)result.Alerts)[0] = "changed");
    }

    [Fact]
    public void Rules_of_a_file_with_one_flag_allocate_nothing_per_record()
    {
        Categoriser categoriser = new(CategoryRules.Parse(RulesFileTests.Sample).Rules);
        BillingRecord record = Some.Record(
            reportingAmount: 5_000m,
            party: "The Barcode Bar",
            account: "user-1",
            date: new DateOnly(2025, 6, 17),
            attributes: new(["city", "product_line"], ["Leeds", "Dairy"]));
        Assert.Equal(["merchant"], categoriser.Apply(record).Flags);

        bool same = true;
        Assert.Equal(0, Allocations.OfMany(() => same &= categoriser.Apply(record).Category == "high_value"));
        Assert.True(same);
    }

    private static Categorisation Apply(BillingRecord record, params CategoryRule[] rules) => new Categoriser(rules).Apply(record);
}
