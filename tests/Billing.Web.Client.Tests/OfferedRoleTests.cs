using Billing.Web.Client.Importing;

namespace Billing.Web.Client.Tests;

public sealed class OfferedRoleTests
{
    [Fact]
    public void A_column_that_gets_a_role_loses_the_one_it_had_and_no_other_column_keeps_it()
    {
        SourceLayout layout = new() { Date = "when", Amount = "sum", Party = "who" };
        layout = OfferedRole.Give(layout, "who", "description");
        Assert.Equal("description", OfferedRole.Of(layout, "WHO "));
        Assert.Equal("", layout.Party);
        layout = OfferedRole.Give(layout, "other", "amount");
        Assert.Equal(OfferedRole.Attribute, OfferedRole.Of(layout, "sum"));
    }

    [Fact]
    public void Debit_and_amount_exclude_each_other()
    {
        SourceLayout layout = OfferedRole.Give(new SourceLayout { Amount = "sum" }, "out", "debit");
        Assert.Null(layout.Amount);
        Assert.Equal("sum", OfferedRole.Give(layout, "sum", "amount").Amount);
        Assert.Null(OfferedRole.Give(layout, "sum", "amount").Debit);
    }

    [Fact]
    public void A_column_is_left_out_and_taken_in_again()
    {
        SourceLayout layout = OfferedRole.Give(SourceLayout.Default, "note", OfferedRole.Ignored);
        Assert.Equal(OfferedRole.Ignored, OfferedRole.Of(layout, "note"));
        Assert.Equal(OfferedRole.Attribute, OfferedRole.Of(OfferedRole.Give(layout, "note", OfferedRole.Attribute), "note"));
    }

    [Fact]
    public void Every_role_of_every_column_makes_a_layout_that_can_be_written_and_read()
    {
        foreach (string role in OfferedRole.Names)
        {
            SourceLayout layout = OfferedRole.Give(SourceLayout.Default, "column", role);
            Assert.Equal(role, OfferedRole.Of(SourceLayout.Parse(layout.ToJson()), "column"));
        }
    }
}
