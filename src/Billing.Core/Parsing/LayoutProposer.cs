using System.Text;

namespace Billing.Parsing;

/// <summary>Proposes a layout for a sample: by what headers are known as, checked against the values; by the values alone where no header is known.</summary>
internal sealed class LayoutProposer
{
    // Texts that stand for null in exports of databases and spreadsheets, and for nothing else.
    private static readonly string[] NullMarkers = ["NULL", "null", "\\N", "N/A", "n/a", "#N/A"];

    private readonly SourceSample _sample;
    private readonly ColumnProfile[] _columns;
    private readonly Dictionary<ColumnRole, ColumnProfile> _roles = [];
    private readonly Dictionary<ColumnRole, ColumnProfile[]> _asked = [];
    private readonly Dictionary<int, string> _why = [];
    private readonly List<string> _questions;
    private CsvLayout _layout;

    private LayoutProposer(SourceSample sample)
    {
        _sample = sample;
        _questions = [.. sample.Questions];
        _layout = sample.Layout with { NullValues = TakeNullValues(sample) };
        _columns = [.. sample.Columns.Select((values, i) => new ColumnProfile(
            i,
            sample.Names.NameFor(i),
            sample.Names.TryFindSynonym(i, out HeaderSynonym synonym) ? synonym : null,
            values))];
    }

    public static (CsvLayout Layout, IReadOnlyList<ColumnFinding> Columns, IReadOnlyList<string> Questions) Propose(SourceSample sample)
    {
        LayoutProposer proposer = new(sample);
        proposer.FindDate();
        proposer.FindInstant();
        proposer.FindAmount();
        proposer.FindDirection();
        proposer.FindFee();
        proposer.FindCurrency();
        foreach (ColumnRole role in new[] { ColumnRole.Id, ColumnRole.Party, ColumnRole.Account, ColumnRole.Description })
        {
            proposer.TakeOrAsk(role, proposer.ByHeader(role));
        }

        proposer.StateDates();
        proposer.StateNumbers();
        proposer.StateColumns();
        return (proposer._layout, [.. proposer._columns.Select(proposer.Describe)], proposer._questions);
    }

    private static string[] TakeNullValues(SourceSample sample)
    {
        string[] found = [.. NullMarkers.Where(marker => sample.Columns.Any(column => column.Values.Any(value => value.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(marker)))))];
        foreach (ColumnValues column in sample.Columns)
        {
            column.RemoveAll(value => found.Contains(Encoding.UTF8.GetString(value)));
        }

        return found;
    }

    private void FindDate()
    {
        ColumnProfile[] known = ByHeader(ColumnRole.Date);
        if (known.Length > 0 || ByHeader(ColumnRole.Instant).Length > 0)
        {
            TakeOrAsk(ColumnRole.Date, known);
            return;
        }

        // Digits alone may be a date, but are more likely a number.
        ColumnProfile[] alike = ByLook(column => column.LooksLikeDates && !column.LooksLikeNumbers);
        TakeOrAsk(ColumnRole.Date, alike);
        if (alike.Length == 0)
        {
            _questions.Add(_columns.FirstOrDefault(column => column.Synonym?.Role == ColumnRole.Date && !column.IsEmpty) is { } named
                ? $"Column '{named.Name}' is known as the date, and its values, such as {Shown(named)}, are no dates in a format that is known. How is it written? State columns.date, and dateFormats (\"excel\" for days as spreadsheets count them, \"unix\" for seconds since 1970)."
                : "No column holds dates. Which is the date, and how is it written? State columns.date, and dateFormats.");
        }
    }

    private void FindInstant()
    {
        bool dated = _roles.ContainsKey(ColumnRole.Date) || _asked.ContainsKey(ColumnRole.Date);
        ColumnProfile[] known = [.. ByHeader(ColumnRole.Instant).Where(column => !dated || column.Synonym!.Value.Rank < HeaderSynonyms.WeakInstant)];
        TakeOrAsk(ColumnRole.Instant, known);
        if (known.Length == 0 && _roles.TryGetValue(ColumnRole.Date, out ColumnProfile? date) && date.HasTimesOfDay)
        {
            // A date alone would not keep them.
            _roles[ColumnRole.Instant] = date;
        }

        if (_roles.TryGetValue(ColumnRole.Instant, out ColumnProfile? instant) && instant.LacksOffset && !HeaderSynonyms.SaysUtc(instant.Name))
        {
            _questions.Add($"Column '{instant.Name}' has no offset to UTC. In which time zone is it? State timeZone, such as \"Pacific/Auckland\" or \"UTC\".");
        }
    }

    private void FindAmount()
    {
        ColumnProfile[] amounts = ByHeader(ColumnRole.Amount);
        ColumnProfile[] debits = ByHeader(ColumnRole.Debit);
        ColumnProfile[] credits = ByHeader(ColumnRole.Credit);
        bool paired = debits.Length > 0 && credits.Length > 0;
        if (amounts.Length > 0 && paired)
        {
            Ask(ColumnRole.Amount, [.. amounts, .. debits, .. credits]);
        }
        else if (amounts.Length > 0)
        {
            TakeOrAsk(ColumnRole.Amount, amounts);
            AskOfOtherAmounts();
        }
        else if (paired)
        {
            TakeOrAsk(ColumnRole.Debit, debits);
            TakeOrAsk(ColumnRole.Credit, credits);
        }
        else
        {
            FindAmountByLook();
        }
    }

    private void FindAmountByLook()
    {
        ColumnProfile[] alike = ByLook(column => column.LooksLikeAmounts && !column.LooksLikeDates);
        ColumnProfile[] numbers = ByLook(column => column.LooksLikeNumbers && !column.LooksLikeDates);
        if (alike.Length > 0)
        {
            TakeOrAsk(ColumnRole.Amount, alike);
        }
        else if (numbers.Length > 0)
        {
            // Whole numbers are ids and counts as well: not even a single such column is taken unasked.
            Ask(ColumnRole.Amount, numbers);
        }
        else
        {
            _questions.Add("No column holds amounts. Which is the amount, and how is it written? State columns.amount, or columns.debit and columns.credit, and numbers.");
        }
    }

    private void AskOfOtherAmounts()
    {
        if (!_roles.TryGetValue(ColumnRole.Amount, out ColumnProfile? taken))
        {
            return;
        }

        string[] others = [.. _columns.Where(column => column != taken && column.Synonym?.Role == ColumnRole.Amount && column.LooksLikeNumbers).Select(column => $"'{column.Name}'")];
        if (others.Length > 0)
        {
            _questions.Add($"The amount is taken from '{taken.Name}'. {Or(others)} could be it as well: is '{taken.Name}' what is to be counted?");
        }
    }

    // A word beside the amount that gives it its sign is never passed over in silence.
    private void FindDirection()
    {
        if (!_roles.TryGetValue(ColumnRole.Amount, out ColumnProfile? amount))
        {
            return;
        }

        ColumnProfile[] sure = [.. _columns.Where(column => !_roles.ContainsValue(column) && SaysDirection(column, DirectionWords.IsHeader(column.Name)))];
        ColumnProfile[] maybe = [.. _columns.Where(column => !_roles.ContainsValue(column) && !sure.Contains(column) && Distinct(column).Length == 2 && SaysDirection(column, shortToo: true))];
        if (sure.Length == 0)
        {
            foreach (ColumnProfile column in maybe)
            {
                _questions.Add($"Column '{column.Name}' holds {Or([.. Distinct(column).Select(word => $"'{word}'")])} only. Does it say whether the amount is a debit or a credit? If so, state columns.direction.");
            }
        }
        else if (HasNegatives(amount))
        {
            _questions.Add($"Column '{sure[0].Name}' says debit or credit, and column '{amount.Name}' has signs of its own. Rows in which both disagree are quarantined. Do the signs count alone? State columns.direction as null then.");
        }
        else
        {
            TakeOrAsk(ColumnRole.Direction, sure);
            StateDirection(amount);
        }
    }

    private void StateDirection(ColumnProfile amount)
    {
        if (!_roles.TryGetValue(ColumnRole.Direction, out ColumnProfile? direction))
        {
            return;
        }

        string[] debit = [.. Distinct(direction).Where(word => DirectionWords.IsDebit(Encoding.UTF8.GetBytes(word), shortToo: true) is true)];
        string[] credit = [.. Distinct(direction).Where(word => DirectionWords.IsDebit(Encoding.UTF8.GetBytes(word), shortToo: true) is false)];
        _why[direction.Index] = $"its values say debit ({string.Join(", ", debit)}) or credit ({string.Join(", ", credit)})";
        // Words of one side only are those that are known.
        _layout = debit.Length > 0 && credit.Length > 0 ? _layout with { DebitWords = debit, CreditWords = credit } : _layout;
        _questions.Add($"Amounts in '{amount.Name}' get their sign from '{direction.Name}': {(debit.Length > 0 ? $"{Or(debit)} is negative" : $"{Or(credit)} is positive")}. Is that meant? If not, state columns.direction as null.");
    }

    private static bool SaysDirection(ColumnProfile column, bool shortToo) =>
        !column.IsEmpty && column.Values.Values.All(value => DirectionWords.IsDebit(value, shortToo) is not null);

    private static string[] Distinct(ColumnProfile column) =>
        [.. column.Values.Values.Select(value => Encoding.UTF8.GetString(Utf8Text.Trim(value))).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static bool HasNegatives(ColumnProfile column) => Numbers(column).Any(number => number < 0);

    private static IEnumerable<decimal> Numbers(ColumnProfile column) => column.Values.Values
        .Select(value => AmountParser.Parse(value, column.Values.AreJsonNumbers ? NumberFormat.Invariant : column.Numbers.Format, "", out decimal number) is null ? number : (decimal?)null)
        .OfType<decimal>();

    private void FindFee()
    {
        if (!_roles.TryGetValue(ColumnRole.Amount, out ColumnProfile? amount) || FeeHeaders.IsNet(amount.Name))
        {
            return;
        }

        ColumnProfile[] fees = [.. _columns.Where(column => !_roles.ContainsValue(column) && FeeHeaders.IsFee(column.Name) && Numbers(column).Any(number => number != 0))];
        if (fees is not [ColumnProfile fee])
        {
            if (fees.Length > 1)
            {
                Ask(ColumnRole.Fee, fees);
            }

            return;
        }

        bool signed = Numbers(fee).All(number => number <= 0);
        if (!signed && Numbers(fee).Any(number => number < 0))
        {
            _questions.Add($"Column '{fee.Name}' holds fees of either sign beside '{amount.Name}'. Do they belong to the amount? State columns.fee, and feeIsSigned; or columns.fee as null.");
            return;
        }

        _roles[ColumnRole.Fee] = fee;
        _why[fee.Index] = "its header; its values are numbers";
        _layout = _layout with { FeeIsSigned = signed };
        _questions.Add($"The fee in '{fee.Name}' is {(signed ? "added to" : "subtracted from")} the amount in '{amount.Name}'. Is it charged on top? If it is contained in the amount already, state columns.fee as null.");
    }

    private void FindCurrency()
    {
        ColumnProfile[] amounts = [.. ((ColumnRole[])[ColumnRole.Amount, ColumnRole.Debit, ColumnRole.Credit]).Where(_roles.ContainsKey).Select(role => _roles[role])];
        string[] headers = [.. amounts.Select(column => HeaderCurrency.Of(column.Name)).OfType<string>().Distinct()];
        ColumnProfile[] known = ByHeader(ColumnRole.Currency);
        if (headers is [string header])
        {
            if (known.Length > 0 && known.All(column => column.Values.Values.Any(value => !Encoding.UTF8.GetString(Utf8Text.Trim(value)).Equals(header, StringComparison.OrdinalIgnoreCase))))
            {
                _asked[ColumnRole.Currency] = known;
                _questions.Add($"The header '{amounts[0].Name}' names {header}, and column '{known[0].Name}' holds other currencies. Which is the currency of the amounts? State columns.currency, or null with defaultCurrency \"{header}\".");
                return;
            }

            _layout = _layout with { DefaultCurrency = header };
            TakeOrAsk(ColumnRole.Currency, known);
            return;
        }

        string[] beside = [.. amounts.SelectMany(MarksBeside).Distinct(StringComparer.OrdinalIgnoreCase)];
        ColumnProfile[] candidates = known.Length > 0 ? known : beside.Length > 0 ? [] : ByLook(column => column.LooksLikeCurrencies);
        TakeOrAsk(ColumnRole.Currency, candidates);
        if (candidates.Length > 0)
        {
            return;
        }

        string[][] codes = [.. beside.Select(mark => CurrencySigns.CodesOf(mark).ToArray())];
        if (codes is [[string only]])
        {
            _layout = _layout with { DefaultCurrency = only };
            return;
        }

        _questions.Add(beside.Length > 1
            ? $"No column holds currency codes, and the amounts stand in several: {string.Join(", ", beside)}. Rows in another currency than defaultCurrency are quarantined. Which is it?"
            : $"No column holds currency codes. In which currency are the amounts{(beside.Length == 1 ? $", which are written with {beside[0]}" : "")}? State defaultCurrency, such as \"USD\".");
    }

    private static IEnumerable<string> MarksBeside(ColumnProfile column) => column.Values.Values
        .Select(value => AmountParser.Parse(value, column.Numbers.Format, "", out _, out string? mark) is null ? mark : null)
        .OfType<string>();

    private void StateDates()
    {
        // Where several could be the date, all that are written alike have their format stated: the answer is then a name alone.
        if (!_roles.TryGetValue(ColumnRole.Date, out ColumnProfile? column))
        {
            if (_asked.GetValueOrDefault(ColumnRole.Date) is [ColumnProfile first, .. ColumnProfile[] others] && first.Dates.Doubt.Count == 0 && others.All(next => next.Dates.Formats.SequenceEqual(first.Dates.Formats)))
            {
                _layout = _layout with { DateFormats = first.Dates.Formats };
            }

            return;
        }

        if (column.Dates.Doubt is [string one, string other])
        {
            _questions.Add($"Column '{column.Name}': {Shown(column)} may be written {one} or {other}. Which is it? State dateFormats.");
            return;
        }

        _layout = _layout with { DateFormats = column.Dates.Formats };
    }

    private void StateNumbers()
    {
        ColumnProfile[] columns = [.. new[] { ColumnRole.Amount, ColumnRole.Debit, ColumnRole.Credit }
            .Where(_roles.ContainsKey)
            .Select(role => _roles[role])
            .Concat(_asked.GetValueOrDefault(ColumnRole.Amount) ?? [])
            .Where(column => !column.Values.AreJsonNumbers)];
        NumberFinding found = NumberLook.Find([.. columns.SelectMany(column => column.Values.Values)]);
        if (found.Doubt is not null)
        {
            _questions.Add($"Column '{columns[0].Name}': {found.Doubt}. Is the mark of its decimals a point or a comma? State numbers.");
            return;
        }

        if (found.Format.AllowParentheses && _roles.TryGetValue(ColumnRole.Credit, out ColumnProfile? credit) && HasNegatives(credit))
        {
            found = found with { Format = found.Format with { AllowParentheses = false } };
            _questions.Add($"Column '{credit.Name}' holds amounts in parentheses. Are they negative? State numbers.parentheses, and debitsAreSigned.");
        }

        if (found.Format != NumberFormat.Invariant || columns.Any(column => column.Values.Values.Any(value => AmountText.IsMaybeThousands(value))))
        {
            _layout = _layout with { Numbers = found.Format };
        }

        AskOfSigns();
        AskOfMinorUnits();
    }

    private void AskOfSigns()
    {
        bool debits = _roles.TryGetValue(ColumnRole.Debit, out ColumnProfile? debit) && HasNegatives(debit);
        bool credits = _roles.TryGetValue(ColumnRole.Credit, out ColumnProfile? credit) && HasNegatives(credit);
        if (!debits && !credits)
        {
            return;
        }

        bool signed = debits && !credits && Numbers(debit!).All(number => number <= 0);
        _layout = signed ? _layout with { DebitsAreSigned = true } : _layout;
        _questions.Add(signed
            ? $"All numbers in '{debit!.Name}' are negative: they count as written, as money out (debitsAreSigned). Is that meant?"
            : $"Column '{(debits ? debit! : credit!).Name}' has negative numbers. Do numbers in '{debit?.Name}' and '{credit?.Name}' have their sign already, or is a negative one money that went back? State debitsAreSigned.");
    }

    private void AskOfMinorUnits()
    {
        if (_roles.TryGetValue(ColumnRole.Amount, out ColumnProfile? amount)
            && Numbers(amount).ToArray() is { Length: > 0 } numbers
            && numbers.All(number => number.Scale == 0)
            && numbers.Any(number => Math.Abs(number) >= 100))
        {
            _questions.Add($"Column '{amount.Name}' holds whole numbers only. Are they in minor units, such as cents? State minorUnits then.");
        }
    }

    // Every guess is stated, and so is that a column which the reader would take by its header is not taken.
    private void StateColumns()
    {
        foreach (ColumnRole role in ColumnRoles.All)
        {
            if (_roles.TryGetValue(role, out ColumnProfile? column))
            {
                _layout = _layout.WithColumn(role, column.Name);
            }
            else if (role is ColumnRole.Currency && _layout.DefaultCurrency is not null && WouldBeTaken(role) || role is ColumnRole.Id or ColumnRole.Party or ColumnRole.Account or ColumnRole.Description or ColumnRole.Instant && WouldBeTaken(role))
            {
                _layout = _layout.WithColumn(role, "");
            }
        }
    }

    private bool WouldBeTaken(ColumnRole role) => _columns.Any(column =>
        column.Synonym is { } synonym
        && synonym.Role == role
        && !_roles.ContainsValue(column)
        && (role != ColumnRole.Instant || synonym.Rank < HeaderSynonyms.WeakInstant || !_roles.ContainsKey(ColumnRole.Date)));

    private ColumnProfile[] ByHeader(ColumnRole role)
    {
        ColumnProfile[] known = [.. _columns.Where(column => column.Synonym?.Role == role && column.Suits(role))];
        int best = known.Length == 0 ? 0 : known.Min(column => column.Synonym!.Value.Rank);
        return [.. known.Where(column => column.Synonym!.Value.Rank == best)];
    }

    private ColumnProfile[] ByLook(Func<ColumnProfile, bool> looks) =>
        [.. _columns.Where(column => column.Synonym is null && !_roles.ContainsValue(column) && looks(column))];

    private void TakeOrAsk(ColumnRole role, ColumnProfile[] candidates)
    {
        if (candidates.Length > 1)
        {
            Ask(role, candidates);
        }
        else if (candidates is [ColumnProfile column])
        {
            _roles[role] = column;
            _why[column.Index] = column.Synonym is null ? $"its values are {LookOf(column)}" : column.IsEmpty ? "its header" : $"its header; its values are {LookOf(column)}";
        }
    }

    private void Ask(ColumnRole role, ColumnProfile[] candidates)
    {
        _asked[role] = candidates;
        string name = ColumnRoles.NameOf(role);
        _questions.Add($"Which column is the {name}: {Or([.. candidates.Select(column => $"'{column.Name}'")])}? State columns.{name}.");
        foreach (ColumnProfile column in candidates)
        {
            _why[column.Index] = $"could be the {name}; its values are {LookOf(column)}";
        }
    }

    private ColumnFinding Describe(ColumnProfile column)
    {
        string[] roles = [.. _roles.Where(role => role.Value == column).Select(role => ColumnRoles.NameOf(role.Key))];
        return new ColumnFinding(
            column.Name,
            roles.Length == 0 ? "attribute" : string.Join(", ", roles),
            _why.TryGetValue(column.Index, out string? why) ? why : $"its values are {LookOf(column)}",
            column.Values.Sample);
    }

    private static string LookOf(ColumnProfile column) =>
        column.IsEmpty ? "empty"
        : column.LooksLikeCurrencies ? "currency codes"
        : column.LooksLikeDates && !column.LooksLikeNumbers ? column.Dates.Formats.Count > 0 ? $"dates ({string.Join(", ", column.Dates.Formats)})" : "dates"
        : column.LooksLikeNumbers ? "numbers"
        : "text";

    private static string Shown(ColumnProfile column) => Utf8Text.Quote(column.Values.Values[0]);

    private static string Or(string[] names) => names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} or {names[^1]}";
}
