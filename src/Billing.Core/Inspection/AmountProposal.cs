using Billing.Layouts;
using Billing.Values;

namespace Billing.Inspection;

/// <summary>Proposes the columns of amounts, and how their numbers are written.</summary>
internal sealed class AmountProposal(LayoutDraft draft)
{
    private static readonly ColumnRole[] Roles = [ColumnRole.Amount, ColumnRole.Debit, ColumnRole.Credit];

    private bool _isMissing;

    public void FindColumns()
    {
        if (draft.Stated.Amount is { Length: > 0 })
        {
            return;
        }

        ColumnProfile[] amounts = draft.Stated.Amount is null ? draft.ByHeader(ColumnRole.Amount) : [];
        ColumnProfile[] debits = draft.ByHeader(ColumnRole.Debit);
        ColumnProfile[] credits = draft.ByHeader(ColumnRole.Credit);
        bool pairIsStated = draft.Stated.Debit is { Length: > 0 } || draft.Stated.Credit is { Length: > 0 };
        bool paired = debits.Length > 0 && credits.Length > 0;
        if (pairIsStated || (paired && amounts.Length == 0))
        {
            draft.TakeOrAsk(ColumnRole.Debit, debits);
            draft.TakeOrAsk(ColumnRole.Credit, credits);
        }
        else if (paired)
        {
            draft.AskWhich(
                ColumnRole.Amount,
                [.. amounts, .. debits, .. credits],
                [.. debits.SelectMany(debit => credits.Select(credit => new LayoutAnswer($"'{debit.Name}' and '{credit.Name}' together", layout => layout with { Debit = debit.Name, Credit = credit.Name })))]);
        }
        else if (amounts.Length > 0)
        {
            draft.TakeOrAsk(ColumnRole.Amount, amounts);
            AskOfOthers();
        }
        else
        {
            FindByLook();
        }
    }

    public void StateNumbers()
    {
        if (_isMissing)
        {
            AskOfMissing();
        }
        else if (draft.Stated.NumbersAreStated || TryFindFormat())
        {
            AskOfSigns();
            AskOfMinorUnits();
        }
    }

    private void FindByLook()
    {
        ColumnProfile[] alike = draft.ByLook(column => column.LooksLikeAmounts && !column.LooksLikeDates);
        ColumnProfile[] numbers = draft.ByLook(column => column.LooksLikeNumbers && !column.LooksLikeDates);
        if (alike.Length > 0)
        {
            draft.TakeOrAsk(ColumnRole.Amount, alike);
        }
        else if (numbers.Length > 0)
        {
            // Whole numbers may also be ids or counts: not even a single such column is taken without asking.
            draft.AskWhich(ColumnRole.Amount, numbers);
        }
        else
        {
            _isMissing = true;
        }
    }

    // Asked when the other roles are known: a column that has one is not offered as the amount.
    private void AskOfMissing()
    {
        ColumnProfile[] left = [.. draft.Columns.Where(column => !draft.IsTaken(column))];
        ColumnProfile[] headed = [.. left.Where(column => column.Synonym?.Role is ColumnRole.Amount or ColumnRole.Debit or ColumnRole.Credit)];
        LayoutAnswer[] answers = [.. headed.SelectMany(column => LayoutDraft.AnswersOf(column.Synonym!.Value.Role, [column])), .. LayoutDraft.AnswersOf(ColumnRole.Amount, left.Except(headed))];
        string found = headed switch
        {
            [] => "No column holds amounts. Which is the amount, and how is it written?",
            [{ IsEmpty: true } empty, ..] => $"Column '{empty.Name}' has the header of an amount, but no value. Which column is the amount, and how is it written?",
            [var first, ..] => $"Column '{first.Name}' has the header of an amount, but most of its values are no numbers in any one format: {first.Shown}. Which column is the amount, and how is it written?",
        };
        draft.Ask(
            found + " Set columns.amount, or columns.debit and columns.credit, and numbers.",
            answers);
    }

    private void AskOfOthers()
    {
        if (draft[ColumnRole.Amount] is not { } taken)
        {
            return;
        }

        ColumnProfile[] others = [.. draft.Columns.Where(column => !draft.IsTaken(column) && column.Synonym?.Role == ColumnRole.Amount && column.LooksLikeNumbers)];
        if (others.Length > 0)
        {
            draft.Ask(
                $"The amount is taken from '{taken.Name}'. {LayoutDraft.OneOf(others.Select(column => $"'{column.Name}'"))} could be the amount too: is '{taken.Name}' the right one?",
                [.. LayoutDraft.AnswersOf(ColumnRole.Amount, [taken, .. others])]);
        }
    }

    // If the format is in doubt, the numbers are not known.
    private bool TryFindFormat()
    {
        ColumnProfile[] columns = [.. Roles.Select(role => draft[role]).OfType<ColumnProfile>()
            .Concat(draft.Asked(ColumnRole.Amount))
            .Where(column => !column.Values.AreJsonNumbers)];
        byte[][] values = [.. columns.SelectMany(column => column.Values.Values)];
        NumberFinding found = NumberLook.Find(values);
        if (found.Doubt is not null)
        {
            draft.Ask(
                $"Column '{columns[0].Name}': {found.Doubt}. Is its decimal mark a point or a comma? Set numbers.",
                [new("a point", layout => layout with { Numbers = NumberLook.FormatOf(values, '.') }), new("a comma", layout => layout with { Numbers = NumberLook.FormatOf(values, ',') })]);
            return false;
        }

        if (found.Format.AllowParentheses && draft[ColumnRole.Credit] is { HasNegatives: true } credit)
        {
            NumberFormat asked = found.Format;
            found = found with { Format = asked with { AllowParentheses = false } };
            draft.Ask(
                $"Column '{credit.Name}' holds amounts in parentheses. Are they negative? Set numbers.parentheses and debitsAreSigned.",
                [new("yes", layout => layout with { Numbers = asked, DebitsAreSigned = layout.DebitsAreSigned ?? false })]);
        }

        if (found.Format != NumberFormat.Invariant || columns.Any(column => column.Values.Values.Any(value => AmountText.IsMaybeThousands(value))))
        {
            draft.Layout = draft.Layout with { Numbers = found.Format };
        }

        return true;
    }

    private void AskOfSigns()
    {
        ColumnProfile? debit = draft[ColumnRole.Debit];
        ColumnProfile? credit = draft[ColumnRole.Credit];
        bool debits = debit is { HasNegatives: true };
        bool credits = credit is { HasNegatives: true };
        if (draft.Stated.DebitsAreSigned is not null || (!debits && !credits))
        {
            return;
        }

        bool signed = debits && !credits && debit!.Decimals.All(number => number <= 0);
        draft.Layout = signed ? draft.Layout with { DebitsAreSigned = true } : draft.Layout;
        draft.Ask(
            signed
                ? $"All numbers in '{debit!.Name}' are negative: they count as written, as money out (debitsAreSigned). Is that right?"
                : $"Column '{(debits ? debit : credit)!.Name}' has negative numbers. Do numbers in '{debit?.Name}' and '{credit?.Name}' already have their sign, or is a negative number a reversal? Set debitsAreSigned.",
            [new("they already have their sign and count as written", layout => layout with { DebitsAreSigned = true }), new("a negative number is a reversal", layout => layout with { DebitsAreSigned = false })]);
    }

    private void AskOfMinorUnits()
    {
        if (!draft.Stated.MinorUnits
            && draft[ColumnRole.Amount] is { } amount
            && amount.Decimals.ToArray() is { Length: > 0 } numbers
            && numbers.All(number => number.Scale == 0)
            && numbers.Any(number => Math.Abs(number) >= 100))
        {
            draft.Ask(
                $"Column '{amount.Name}' holds only whole numbers. Are they in minor units, such as cents? If so, set minorUnits.",
                [new("yes, in minor units", layout => layout with { MinorUnits = true }), new("no", layout => layout)]);
        }
    }
}
