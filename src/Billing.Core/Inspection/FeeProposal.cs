using Billing.Layouts;

namespace Billing.Inspection;

/// <summary>Proposes the column of the fee charged in addition to the amount.</summary>
internal sealed class FeeProposal(LayoutDraft draft)
{
    public void Find()
    {
        if (draft.IsSettled(ColumnRole.Fee) || draft[ColumnRole.Amount] is not { } amount || FeeHeaders.IsNet(amount.Name))
        {
            return;
        }

        ColumnProfile[] fees = [.. draft.Columns.Where(column => !draft.IsTaken(column) && FeeHeaders.IsFee(column.Name) && column.Decimals.Any(number => number != 0))];
        if (fees.Length > 1)
        {
            draft.AskWhich(ColumnRole.Fee, fees);
        }
        else if (fees is [ColumnProfile fee])
        {
            Take(fee, amount);
        }
    }

    private void Take(ColumnProfile fee, ColumnProfile amount)
    {
        LayoutAnswer none = new("no", layout => layout with { Fee = "" });
        bool signed = fee.Decimals.All(number => number <= 0);
        if (!signed && fee.HasNegatives)
        {
            draft.Ask(
                $"Column '{fee.Name}' holds positive and negative fees in addition to '{amount.Name}'. Do they belong to the amount? Set columns.fee and feeIsSigned, or set columns.fee to null.",
                [new("yes, added with their sign", layout => layout with { Fee = fee.Name, FeeIsSigned = true }), new("yes, subtracted", layout => layout with { Fee = fee.Name, FeeIsSigned = false }), none]);
            return;
        }

        draft.Take(ColumnRole.Fee, fee, "its header; its values are numbers");
        draft.Layout = draft.Layout with { FeeIsSigned = signed };
        draft.Ask(
            $"The fee in '{fee.Name}' is {(signed ? "added to" : "subtracted from")} the amount in '{amount.Name}'. Is it charged on top? If the amount already contains it, set columns.fee to null.",
            [new("yes, on top", layout => layout with { Fee = fee.Name, FeeIsSigned = signed }), none with { Text = "no, the amount already contains it" }]);
    }
}
